"""The parent of steps: forks a child for each step it is asked for, waits for it, and writes down how it ended.

    step_parent.py                    starts commands
    step_parent.py MODULE             has imported what MODULE imports, so that children can run MODULE at once (a warm parent)
    step_parent.py --step DIRECTORY   becomes the step in DIRECTORY (a fresh interpreter for one step)

Requests come as JSON lines on stdin, events go as JSON lines to stdout. At the end of stdin (the asking process has ended, however
roughly) it stays until its last child has ended and its result is written. It never has a second thread, so that forking is safe.

Files in a step's directory: launch.json and argv (each argument ends with a NUL) hold a launch that is too large for a request; pid
("pid start parent parentStart") is claimed by creating it, before the process is started; result.json is written, atomically, before
the process can vanish from the process table.
"""
import gc
import os
import signal
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)  # already so, unless the interpreter was told to be safe
from kubeflow_step_child import become, preload, step_in_fresh_interpreter


def leave_no_trace():
    sys.path[:] = [place for place in sys.path if place != HERE]


def main():
    arguments = sys.argv[1:]
    if arguments[:1] == ['--step']:
        leave_no_trace()
        step_in_fresh_interpreter(arguments[1])
        return
    from kubeflow_step_parent import Parent
    from kubeflow_step_processes import become_subreaper, keep_descriptors_to_myself
    leave_no_trace()
    try:
        os.setsid()
    except PermissionError:
        pass  # already the first of its own group
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    become_subreaper()
    keep_descriptors_to_myself()
    found = preload(arguments[0]) if arguments else None
    gc.collect()
    gc.freeze()
    gc.disable()
    request = Parent().serve()
    if request is not None:
        become(request, found)


main()
