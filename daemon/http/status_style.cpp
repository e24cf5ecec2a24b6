#include "http/status_style.h"

#include "base/base64.h"
#include "base/sha256.h"

namespace restorewatch {
namespace {

// Text on its background has a contrast of 4.5 at least, in light and in dark; a test measures it.
constexpr std::string_view kStyle = R"css(
:root{color-scheme:light dark;--page:#f5f6f8;--card:#fff;--line:#d9dde3;--text:#1b2026;
--soft:#57606b;--link:#0b57b7;--wrong:#a81c13;--wrong-bg:#fdeceb;--warn:#7a4a00;--warn-bg:#fff3dc;
--note:#1f4f8a;--note-bg:#e8f0fa;--fine:#17603a;--fine-bg:#e5f4ea}
@media(prefers-color-scheme:dark){:root{--page:#101419;--card:#181d24;--line:#2f3742;--text:#e6e9ed;
--soft:#a3adb9;--link:#8ab8ff;--wrong:#ffa69c;--wrong-bg:#421a17;--warn:#f5c46c;--warn-bg:#3a2a0c;
--note:#9cc5fa;--note-bg:#172c47;--fine:#84d9a8;--fine-bg:#12321f}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.45 system-ui,-apple-system,
"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:1}
header,main,footer{max-width:74rem;margin:0 auto;padding:0 1rem}
header{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;padding-top:1.25rem}
h1{font-size:1.15rem;margin:0;letter-spacing:-.01em}
header p{margin:0;color:var(--soft);flex:1 1 14rem}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem}
h2{font-size:1.05rem;margin:0 0 .6rem}
section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1rem 1.1rem;
margin:1rem 0;overflow-wrap:anywhere}
.verdict{border-left:6px solid var(--fine)}
.verdict h2{font-size:1.5rem;line-height:1.2;margin:0;color:var(--fine)}
.verdict p{margin:.35rem 0 0;color:var(--soft)}
.verdict.wrong{border-left-color:var(--wrong)}.verdict.wrong h2{color:var(--wrong)}
.verdict.warn{border-left-color:var(--warn)}.verdict.warn h2{color:var(--warn)}
.verdict.note{border-left-color:var(--note)}.verdict.note h2{color:var(--note)}
ul{list-style:none;margin:0;padding:0}
.troubles{margin-top:.8rem}.troubles li{margin:.35rem 0}
.counts{display:flex;flex-wrap:wrap;gap:.4rem .9rem;margin-top:.9rem}
.counts a{text-decoration:none;color:inherit;display:inline-block}
.counts a:hover b{text-decoration:underline}
.badge{display:inline-block;padding:.05rem .5rem;border-radius:99px;font-size:.8125rem;
font-weight:600;white-space:nowrap}
.badge i{font-style:normal}
.badge.wrong{color:var(--wrong);background:var(--wrong-bg)}
.badge.warn{color:var(--warn);background:var(--warn-bg)}
.badge.note{color:var(--note);background:var(--note-bg)}
.badge.fine{color:var(--fine);background:var(--fine-bg)}
small,time,caption,.none,.what>span,.more{color:var(--soft)}
small{font-size:.8125rem}
em{font-style:normal;color:var(--wrong);font-weight:600}
code{font:.8125rem ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.rows li{display:grid;grid-template-columns:9.5rem minmax(0,1fr) auto;gap:.2rem 1rem;
align-items:baseline;padding:.5rem 0;border-top:1px solid var(--line)}
.rows li:first-child{border-top:0;padding-top:0}
.rows li.none,.rows li.more{display:block}
.what>span{display:block}.what>.name{color:inherit}
.name{font-weight:600}
.name small{font-weight:400;margin-left:.35rem}
.elapsed{display:grid;grid-template-columns:auto 8rem;gap:0 .6rem;align-items:center}
.elapsed small{grid-column:1/-1}
progress{width:100%;height:.5rem;border:0;border-radius:99px;background:var(--line);overflow:hidden;
appearance:none;-webkit-appearance:none}
progress::-webkit-progress-bar{background:var(--line)}
progress::-webkit-progress-value{background:var(--note)}
progress::-moz-progress-bar{background:var(--note)}
.soon progress::-webkit-progress-value{background:var(--warn)}
.soon progress::-moz-progress-bar{background:var(--warn)}
.late b,.late small{color:var(--wrong)}
.late progress::-webkit-progress-value{background:var(--wrong)}
.late progress::-moz-progress-bar{background:var(--wrong)}
form{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin-bottom:.8rem}
label{display:grid;gap:.15rem;font-size:.8125rem;color:var(--soft)}
input,select,button{font:inherit;color:var(--text);background:var(--page);
border:1px solid var(--soft);border-radius:6px;padding:0 .6rem;height:2.1rem;max-width:100%}
input::placeholder{color:var(--soft);opacity:1}
button{font-weight:600;cursor:pointer}
table{width:100%;border-collapse:collapse}
caption{text-align:left;padding-bottom:.3rem;font-size:.8125rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .8rem .5rem 0;border-top:1px solid var(--line);
font-weight:400}
thead th{font-size:.8125rem;color:var(--soft);border-top:0;padding-top:0}
td .badge{margin:0 0 .15rem}
td time small{display:block;white-space:nowrap}
td>div:not(:last-child){margin-bottom:.2rem}
.paging{margin-top:.8rem}
.rows .badge{justify-self:start}
@media(min-width:70rem){.what{display:flex;flex-wrap:wrap;gap:0 1rem}.what>.name{min-width:18rem}
.columns{display:flex;gap:1rem;align-items:start;margin:1rem 0}
.columns section{flex:11 1 0;min-width:0;margin:0}.columns section+section{flex:9 1 0}
.columns .rows li{grid-template-columns:6.5rem minmax(0,1fr) auto}
.columns .what{display:block}
.columns .rows>li>time{text-align:right}
.columns .rows>li>time small{display:block;white-space:nowrap}}
footer{color:var(--soft);padding-bottom:2rem}
@media(max-width:46rem){
.rows li{grid-template-columns:minmax(0,1fr)}
.elapsed{grid-template-columns:auto minmax(0,1fr)}
thead{position:absolute;left:-99rem}
table,tbody,caption,tr,th,td{display:block}
tr{border-top:1px solid var(--line);padding:.6rem 0}
th,td{border:0;padding:.1rem 0}
td{display:grid;grid-template-columns:6.5rem minmax(0,1fr)}
td::before{content:attr(data-name);color:var(--soft);font-size:.8125rem;grid-row:1/99}
td>*{grid-column:2;justify-self:start}
td time small{display:inline;white-space:normal}
label,label input,label select,form button{width:100%}
form label{flex:1 1 100%}}
)css";

std::string policy() {
  const Digest digest = sha256(kStyle);
  const std::string_view bytes(reinterpret_cast<const char*>(digest.data()), digest.size());
  return "default-src 'none'; style-src 'sha256-" + base64(bytes) +
         "'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

}  // namespace

std::string_view status_style() {
  return kStyle;
}

const std::string& status_policy() {
  static const std::string policy_text = policy();
  return policy_text;
}

}  // namespace restorewatch
