// Holds Kubernetes objects to their types. Usage: node validate.mjs FOLDER, the one that
// scripts/fetch-kubectl prints; standard input: a list of lists of objects; standard output: for
// each list its findings, all as JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const modules = `${process.argv[2]}/node_modules`;
const ours = { "monitoring.coreos.com": "@kubernetes-models/prometheus-operator" };

async function modelOf({ apiVersion, kind }) {
  const group = String(apiVersion).split("/")[0];
  const file = `${modules}/${ours[group] ?? "kubernetes-models"}/${apiVersion}/${kind}.js`;
  try {
    return (await import(pathToFileURL(file)))[kind];
  } catch {
    return undefined;
  }
}

// The validators are compiled and let unknown members pass. But they read every member that they
// know: one that nobody has read is one that Kubernetes does not have.
function watched(value, path, unread) {
  if (typeof value !== "object" || value === null) return value;
  const members = {};
  const copy = Array.isArray(value) ? [] : {};
  for (const [key, member] of Object.entries(value)) {
    const at = `${path}/${key}`;
    copy[key] = watched(member, at, unread);
    if (!Array.isArray(value)) unread.add(at);
    members[key] = at;
  }
  return new Proxy(copy, {
    get(target, key) {
      unread.delete(members[key]);
      return target[key];
    },
  });
}

async function findingsOf(object) {
  const name = `${object.kind}/${object.metadata?.name}`;
  const Model = await modelOf(object);
  if (!Model) return [`${name}: there is no ${object.apiVersion} ${object.kind}`];
  const unread = new Set();
  const model = new Model({});
  for (const [key, member] of Object.entries(object)) model[key] = watched(member, `/${key}`, unread);
  try {
    model.validate();
  } catch (error) {
    return [`${name}: ${error.message}`];
  }
  return [...unread].map((path) => `${name}: unknown member ${path}`);
}

const lists = JSON.parse(readFileSync(0, "utf8"));
const answers = [];
for (const list of lists) answers.push((await Promise.all(list.map(findingsOf))).flat());
console.log(JSON.stringify(answers));
