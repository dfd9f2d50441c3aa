import sys
from importlib.metadata import version
try:
    from packaging.requirements import Requirement
except ImportError:
    from pip._vendor.packaging.requirements import Requirement
newer = sys.argv[1] == "newer"
for word in sys.argv[2:]:
    wanted = Requirement(word)
    if wanted.marker and not wanted.marker.evaluate():
        continue
    if wanted.url or wanted.extras:
        sys.exit(1)
    have = version(wanted.name)
    if wanted.specifier.contains(have, prereleases=True):
        continue
    pins = [s.version for s in wanted.specifier if s.operator == "=="]
    if not (newer and wanted.name in ("kfp", "kfp-kubernetes", "kfp-pipeline-spec") and len(pins) == 1):
        sys.exit(1)
    number = lambda v: [int(n) for n in v.split(".")[:3]]
    if number(have)[0] != number(pins[0])[0] or number(have) < number(pins[0]):
        sys.exit(1)
