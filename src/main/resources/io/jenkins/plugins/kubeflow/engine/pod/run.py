import json, os, runpy, sys
os.environ["_KFP_RUNTIME"] = "true"
with open(sys.argv[1]) as file:
    words = json.load(file)
sys.argv = ["executor_main", "--component_module_path", sys.argv[2]] + words
runpy.run_module("kfp.dsl.executor_main", run_name="__main__", alter_sys=True)
