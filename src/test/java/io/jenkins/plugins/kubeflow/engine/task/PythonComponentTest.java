package io.jenkins.plugins.kubeflow.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The forms that the SDK's compiler writes. */
class PythonComponentTest {
    private static final String ENSURE = "\nif ! [ -x \"$(command -v pip)\" ]; then\n    python3 -m ensurepip || python3 -m ensurepip --user || apt-get install python3-pip\nfi\n\n";
    private static final String PIP = "python3 -m pip install --quiet --no-warn-script-location ";
    private static final String KFP = PIP + "'kfp==2.17.0' '--no-deps' 'typing-extensions>=3.7.4,<5; python_version<\"3.9\"'";
    private static final List<String> KFP_WORDS = List.of("kfp==2.17.0", "--no-deps", "typing-extensions>=3.7.4,<5; python_version<\"3.9\"");
    private static final String THEN = " && \"$0\" \"$@\"\n";
    private static final String RUN = "program_path=$(mktemp -d)\n\nprintf \"%s\" \"$0\" > \"$program_path/ephemeral_component.py\"\n"
            + "_KFP_RUNTIME=true python3 -m kfp.dsl.executor_main                         --component_module_path"
            + "                         \"$program_path/ephemeral_component.py\"                         \"$@\"\n";
    private static final List<String> MAIN = List.of("sh", "-ec", RUN, "def f(): pass", "--executor_input", "{}", "--function_to_execute", "f");

    private static List<String> argv(String prelude) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", prelude));
        argv.addAll(MAIN);
        return argv;
    }

    private static PythonComponent of(String prelude) {
        PythonComponent component = PythonComponent.of(argv(prelude));
        assertThat(component).isNotNull();
        assertThat(component.source()).isEqualTo("def f(): pass");
        assertThat(component.arguments()).containsExactly("--executor_input", "{}", "--function_to_execute", "f");
        return component;
    }

    @Test
    void plain() {
        PythonComponent component = of(ENSURE + "PIP_DISABLE_PIP_VERSION_CHECK=1 " + KFP + THEN);
        assertThat(component.installs()).containsExactly(KFP_WORDS);
        assertThat(component.venv()).isFalse();
    }

    @Test
    void packagesBesideKfp() {
        PythonComponent component = of(ENSURE + "PIP_DISABLE_PIP_VERSION_CHECK=1 " + PIP + "'numpy==1.26' 'pandas>=2,<3' 'git+https://x/y@z#subdirectory=sdk'  &&  " + KFP + THEN);
        assertThat(component.installs()).containsExactly(List.of("numpy==1.26", "pandas>=2,<3", "git+https://x/y@z#subdirectory=sdk"), KFP_WORDS);
    }

    @Test
    void indexUrlsAndTrustedHosts() {
        PythonComponent component = of(ENSURE + "PIP_DISABLE_PIP_VERSION_CHECK=1 " + PIP
                + "--index-url https://i/simple --extra-index-url https://j/simple --trusted-host i 'a'  &&  " + KFP + THEN);
        assertThat(component.installs().get(0))
                .containsExactly("--index-url", "https://i/simple", "--extra-index-url", "https://j/simple", "--trusted-host", "i", "a");
    }

    @Test
    void anEnvironmentOfItsOwn() {
        PythonComponent component = of(ENSURE + "PIP_DISABLE_PIP_VERSION_CHECK=1 " + PIP + "'a'  &&  \nexport PIP_DISABLE_PIP_VERSION_CHECK=1\ntmp=$(mktemp -d)\n"
                + "python3 -m venv \"$tmp/venv\" --system-site-packages\n. \"$tmp/venv/bin/activate\"\n " + KFP + THEN);
        assertThat(component.venv()).isTrue();
        assertThat(component.installs()).containsExactly(List.of("a"), KFP_WORDS);
    }

    @Test
    void withoutKfp() {
        assertThat(of(ENSURE + "PIP_DISABLE_PIP_VERSION_CHECK=1 " + PIP + "'a' 'b'" + THEN).installs()).containsExactly(List.of("a", "b"));
        PythonComponent bare = PythonComponent.of(MAIN);
        assertThat(bare.installs()).isEmpty();
        assertThat(bare.source()).isEqualTo("def f(): pass");
        assertThat(bare.arguments()).hasSize(4);
    }

    @Test
    void quotesInsideARequirement() {
        assertThat(of(PIP + "\"a; python_version<'3.9'\" 'b @ file:///x y'" + THEN).installs().get(0)).containsExactly("a; python_version<'3.9'", "b @ file:///x y");
    }

    @Test
    void somethingElse() {
        assertThat(PythonComponent.of(List.of())).isNull();
        assertThat(PythonComponent.of(List.of("sh", "-c", "echo hi"))).isNull();
        assertThat(PythonComponent.of(List.of("python3", "-m", "kfp.dsl.executor_main", "a", "b"))).isNull();
        assertThat(PythonComponent.of(MAIN.subList(0, 3))).isNull();
        assertThat(PythonComponent.of(argv("rm -rf x && \"$0\" \"$@\""))).isNull();
        assertThat(PythonComponent.of(List.of("sh", "-ec", "echo ephemeral_component.py", "x"))).isNull();
        List<String> bash = new ArrayList<>(MAIN);
        bash.set(0, "bash");
        assertThat(PythonComponent.of(bash)).isNull();
    }
}
