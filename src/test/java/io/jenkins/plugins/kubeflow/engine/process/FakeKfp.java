package io.jenkins.plugins.kubeflow.engine.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A wheel named kfp, made on the spot, with an executor of thirty lines: environments are built from it without a network. */
final class FakeKfp {
    static final String VERSION = "9.9.1";

    private static final String EXECUTOR = """
            import argparse
            import importlib.util
            import json
            import os
            import sys


            def main():
                parser = argparse.ArgumentParser()
                parser.add_argument('--component_module_path')
                parser.add_argument('--function_to_execute')
                parser.add_argument('--executor_input')
                args, _ = parser.parse_known_args()
                spec = importlib.util.spec_from_file_location('ephemeral_component', args.component_module_path)
                module = importlib.util.module_from_spec(spec)
                sys.modules['ephemeral_component'] = module
                spec.loader.exec_module(module)
                message = json.loads(args.executor_input)
                value = getattr(module, args.function_to_execute)(**message['inputs'].get('parameterValues', {}))
                with open(message['outputs']['outputFile'], 'w') as file:
                    json.dump({'parameterValues': {} if value is None else {'Output': value}}, file)


            if __name__ == '__main__':
                main()
            """;

    private FakeKfp() {}

    /** Writes the wheel; the result is the prelude's pip arguments that install from it. */
    static String install(Path directory) throws IOException {
        Files.createDirectories(directory);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("kfp/__init__.py", "");
        files.put("kfp/dsl/__init__.py", "");
        files.put("kfp/dsl/executor_main.py", EXECUTOR);
        String information = "kfp-" + VERSION + ".dist-info/";
        files.put(information + "METADATA", "Metadata-Version: 2.1\nName: kfp\nVersion: " + VERSION + "\n");
        files.put(information + "WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        StringBuilder record = new StringBuilder();
        files.keySet().forEach(name -> record.append(name).append(",,\n"));
        files.put(information + "RECORD", record.append(information).append("RECORD,,\n").toString());
        try (OutputStream out = Files.newOutputStream(directory.resolve("kfp-" + VERSION + "-py3-none-any.whl"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return "'--no-index' '--find-links' '" + directory + "' 'kfp==" + VERSION + "' '--no-deps'";
    }

    /** The command that the SDK compiles for a lightweight component; {@code install} are the prelude's pip arguments. */
    static String[] component(String install, String source, String function) {
        return new String[] {
            "sh", "-c",
            "\nif ! [ -x \"$(command -v pip)\" ]; then\n    python3 -m ensurepip || python3 -m ensurepip --user\nfi\n\n"
                    + "PIP_DISABLE_PIP_VERSION_CHECK=1 python3 -m pip install --quiet --no-warn-script-location " + install
                    + " && \"$0\" \"$@\"\n",
            "sh", "-ec",
            "program_path=$(mktemp -d)\n\nprintf \"%s\" \"$0\" > \"$program_path/ephemeral_component.py\"\n"
                    + "_KFP_RUNTIME=true python3 -m kfp.dsl.executor_main --component_module_path "
                    + "\"$program_path/ephemeral_component.py\" \"$@\"\n",
            "\nimport kfp\nfrom typing import *\n\n" + source, "--executor_input", "{{$}}", "--function_to_execute", function
        };
    }
}
