"""make_environment.py DIRECTORY [SITE...]: a virtual environment with the pip of this interpreter, which sees the SITE directories too."""
import os
import shutil
import sys
import venv


def bring_pip(site, bin_directory):
    """Copies this interpreter's pip; that takes a tenth of the time that ensurepip does."""
    import importlib.metadata
    import pip
    if int(pip.__version__.partition('.')[0]) < 19:
        raise ImportError('pip is too old')
    shutil.copytree(os.path.dirname(pip.__file__), os.path.join(site, 'pip'))
    information = importlib.metadata.distribution('pip')._path
    shutil.copytree(str(information), os.path.join(site, os.path.basename(str(information))))
    script = os.path.join(bin_directory, 'pip')
    with open(script, 'w') as file:
        file.write('#!/bin/sh\nexec "$(dirname "$0")/python" -m pip "$@"\n')
    os.chmod(script, 0o755)
    shutil.copy(script, os.path.join(bin_directory, 'pip3'))


def main():
    directory, visible = sys.argv[1], sys.argv[2:]
    builder = venv.EnvBuilder(with_pip=False, symlinks=True)
    builder.create(directory)
    context = builder.ensure_directories(directory)
    site = os.path.join(directory, 'lib', 'python%d.%d' % sys.version_info[:2], 'site-packages')
    try:
        bring_pip(site, context.bin_path)
    except (ImportError, OSError, AttributeError):
        shutil.rmtree(directory)
        venv.EnvBuilder(with_pip=True, symlinks=True).create(directory)
    if visible:
        with open(os.path.join(site, 'interpreter.pth'), 'w') as file:
            file.write(''.join(line + '\n' for line in visible))


main()
