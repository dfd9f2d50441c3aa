# Finds what a component's pip prelude asks for: in the image, in the prepared environments, in the cache, where it is installed once.
# Prints the directory to put in front of Python's path, or nothing when the image will do; ends with 1 when pip has to run as ever.
import glob, hashlib, json, os, subprocess, sys, sysconfig
from importlib.metadata import Distribution
try:
    from packaging.requirements import Requirement
except ImportError:
    from pip._vendor.packaging.requirements import Requirement

newer = sys.argv[1] == "newer"
wanted = [Requirement(word) for word in json.loads(sys.argv[2])]
installs = json.loads(sys.argv[3])
prepared, cache = sys.argv[4:6]


def numbers(version):
    return [int(n) for n in version.split(".")[:3]]


def has(path):
    for one in wanted:
        if one.marker and not one.marker.evaluate():
            continue
        found = next(iter(Distribution.discover(name=one.name, path=path)), None)
        if found is None or one.url or one.extras:
            return False
        if one.specifier.contains(found.version, prereleases=True):
            continue
        pins = [s.version for s in one.specifier if s.operator == "=="]
        if not (newer and one.name in ("kfp", "kfp-kubernetes", "kfp-pipeline-spec") and len(pins) == 1):
            return False
        if numbers(found.version)[0] != numbers(pins[0])[0] or numbers(found.version) < numbers(pins[0]):
            return False
    return True


def find():
    if has(sys.path):
        return ""
    version = "python%d.%d" % sys.version_info[:2]
    for directory in sorted(glob.glob(prepared + "/*")) if prepared else []:
        for packages in (directory, os.path.join(directory, "lib", version, "site-packages")):
            if glob.glob(packages + "/*.dist-info") and has([packages] + sys.path):
                return packages
    return install() if cache else None


def install():
    os.umask(0)
    name = json.dumps([installs, sys.version_info[:2], sysconfig.get_config_var("SOABI")])
    target = os.path.join(cache, "environments", hashlib.sha256(name.encode()).hexdigest()[:16])
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target + ".lock", "a") as lock:
        try:
            import fcntl
            fcntl.flock(lock, fcntl.LOCK_EX)
        except OSError:
            pass  # two may install at once then; the first one stays
        if os.path.isdir(target):
            return target
        part = "%s.%d.part" % (target, os.getpid())
        for words in installs:
            print("installing", " ".join(words), file=sys.stderr)
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-warn-script-location",
                   "--target", part, "--cache-dir", os.path.join(cache, "pip")]
            if subprocess.run(pip + words, stdout=sys.stderr).returncode != 0:
                return None
        try:
            os.rename(part, target)
        except OSError:
            if not os.path.isdir(target):
                return None
        return target


directory = find()
if directory is None:
    sys.exit(1)
print(directory)
