"""What a program needs of Debian's packages: the shared libraries that it loads, and the packages
whose headers were compiled into it."""

import pathlib
import re
import subprocess


def output(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def libraries(program):
    """The paths of all shared libraries that are loaded with it, the loader included."""
    lines = output("ldd", str(program)).splitlines()
    missing = [line.strip() for line in lines if "not found" in line]
    if missing:
        raise SystemExit(f"{program}: {', '.join(missing)}")
    found = (re.search(r"(?:=> )?(/\S+) \(0x", line) for line in lines)
    return sorted(match[1] for match in found if match)


def needed_by(program):
    """Names of the libraries that it asks for itself."""
    return re.findall(r"NEEDED +(\S+)", output("objdump", "-p", str(program)))


def build_id(program):
    return re.search(r"Build ID: ([0-9a-f]+)", output("readelf", "-n", str(program)))[1]


def owners(paths):
    """path -> the package that brought it. Debian 12 lists many files where they were before
    /lib became a link to /usr/lib, so both places are asked for."""
    places = {}
    for path in paths:
        real = str(pathlib.Path(path).resolve())
        for place in (path, real, real.removeprefix("/usr")):
            places.setdefault(place, path)
    answer = subprocess.run(["dpkg", "-S", "--", *places], check=False, capture_output=True,
                            text=True).stdout
    found = {}
    for line in answer.splitlines():
        names, _, place = line.rpartition(": ")
        if place in places and not line.startswith("diversion "):
            found[places[place]] = names.split(", ")[0]
    return found


FIELDS = ("binary:Package", "Package", "Version", "Architecture", "source:Package",
          "source:Version")


def facts(packages):
    """package -> what dpkg knows of it."""
    if not packages:
        return {}
    form = "\t".join(f"${{{field}}}" for field in FIELDS) + "\n"
    rows = output("dpkg-query", "-W", "-f", form, *packages).splitlines()
    known = {}
    for row in rows:
        fact = dict(zip(FIELDS, row.split("\t"), strict=True))
        known[fact["binary:Package"]] = known[fact["Package"]] = fact
    return {package: known[package] for package in packages}


def headers(build):
    """Headers of the system that the compiler read, from Ninja's log of dependencies."""
    text = output("ninja", "-C", str(build), "-t", "deps")
    return sorted(set(re.findall(r"^    (/usr/include/\S+|/usr/lib/gcc/\S+)$", text, re.M)))
