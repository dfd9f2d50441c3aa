package io.jenkins.plugins.kubeflow.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ParallelFor and Collected (kfp.md 2.9). */
class LoopTest {
    private static Specs loop(String items, int limit) {
        return new Specs().component("echo", "in", "out").component("sum", "all:LIST", "")
                .dag("body").inputs("item").task("echo").in("in", "$item").output("all:STRING", "echo.out").end()
                .dag("root").task("for-loop-1").of("body").over(items, "item", limit)
                .task("sum").in("all", "for-loop-1.all").end();
    }

    @Test
    void eachItemIsAnIterationAndOutputsComeInIndexOrder() {
        GraphDriver d = GraphDriver.of(loop("[\"a\", \"b\"]", 0)).run();
        assertThat(d.launched).containsExactly("for-loop-1[0]/echo", "for-loop-1[1]/echo", "sum");
        assertThat(d.input("for-loop-1[1]/echo", "in")).isEqualTo("\"b\"");
        assertThat(d.input("sum", "all")).isEqualTo("[\"for-loop-1[0]/echo\",\"for-loop-1[1]/echo\"]");
        assertThat(d.graph.task("for-loop-1").iterations()).isEqualTo(2);
        assertThat(d.graph.task("for-loop-1[1]").kind()).isEqualTo(TaskKind.ITERATION);
    }

    @Test
    void anEmptyListSucceedsWithNothingCollected() {
        GraphDriver d = GraphDriver.of(loop("[]", 0)).run();
        assertThat(d.summary()).containsExactly("for-loop-1 SUCCEEDED", "sum SUCCEEDED");
        assertThat(d.input("sum", "all")).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "100, 5", "0, 5"})
    void noMoreThanTheLimitRunAtOnce(int limit, int most) {
        GraphDriver d = GraphDriver.of(loop("[1,2,3,4,5]", limit)).run();
        assertThat(d.most).isEqualTo(most);
        assertThat(d.launched).hasSize(6);
    }

    @Test
    void aFailedIterationFailsTheLoopAndSiblingsGoOn() {
        GraphDriver d = GraphDriver.of(loop("[1,2,3]", 1)).fails("for-loop-1[0]/echo").run();
        assertThat(d.summary()).contains(
                "for-loop-1 FAILED USER", "for-loop-1[0] FAILED USER", "for-loop-1[1] SUCCEEDED", "for-loop-1[2] SUCCEEDED",
                "sum SKIPPED UPSTREAM_FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, 2]", "\"[1, 2]\""})
    void aDynamicListMayBeAListOrAStringThatHoldsOne(String value) {
        Specs specs = new Specs().component("make", "", "list:LIST").component("echo", "in:NUMBER_INTEGER", "")
                .dag("body").inputs("item:NUMBER_INTEGER").task("echo").in("in", "$item").end()
                .dag("root").task("make").task("for-loop-1").of("body").in("items", "make.list").overInput("items", "item", 0).end();
        GraphDriver d = GraphDriver.of(specs).outputs("make", "{\"list\": " + value + "}").run();
        assertThat(d.input("for-loop-1[1]/echo", "in")).isEqualTo("2");
        assertThat(d.graph.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"hello\"", "{\"a\": 1}", "7", "\"{}\""})
    void whatIsNotAListFailsTheLoop(String value) {
        Specs specs = new Specs().component("make", "", "list:LIST").dag("body").inputs("item").task("echo").end()
                .dag("root").task("make").task("for-loop-1").of("body").in("items", "make.list").overInput("items", "item", 0).end();
        GraphDriver d = GraphDriver.of(specs).outputs("make", "{\"list\": " + value + "}").run();
        assertThat(d.summary()).containsExactly("for-loop-1 FAILED SPEC", "make SUCCEEDED");
        assertThat(d.graph.task("for-loop-1").message()).startsWith("loop ‘for-loop-1’: input ‘items’ to iterate over must be a list");
    }

    @Test
    void nestedParametersNestAndArtifactsFlatten() {
        Specs specs = new Specs().component("echo", "a b", "out @data").component("use", "all:LIST @files*", "")
                .dag("inner").inputs("a b").task("echo").in("a", "$a").in("b", "$b")
                .output("o:STRING", "echo.out").output("@f", "echo.data").end()
                .dag("outer").inputs("a").task("for-loop-2").of("inner").in("a", "$a").over("[\"x\",\"y\"]", "b", 0)
                .output("o:LIST", "for-loop-2.o").output("@f*", "for-loop-2.f").end()
                .dag("root").task("for-loop-1").of("outer").over("[\"p\",\"q\"]", "a", 0)
                .task("use").in("all", "for-loop-1.o").artifact("files", "for-loop-1.f").end();
        GraphDriver d = GraphDriver.of(specs).run();
        JsonNode all = d.graph.task("use").inputs().parameters().get("all");
        assertThat(all.toString()).isEqualTo("[[\"for-loop-1[0]/for-loop-2[0]/echo\",\"for-loop-1[0]/for-loop-2[1]/echo\"],"
                + "[\"for-loop-1[1]/for-loop-2[0]/echo\",\"for-loop-1[1]/for-loop-2[1]/echo\"]]");
        assertThat(d.uris("use", "files")).hasSize(4).startsWith("for-loop-1[0]/for-loop-2[0]/echo");
        assertThat(d.input("for-loop-1[1]/for-loop-2[0]/echo", "a")).isEqualTo("\"q\"");
    }

    @Test
    void iterationsThatWereSkippedAreAbsent() {
        Specs specs = new Specs().component("echo", "in:NUMBER_INTEGER", "out").component("use", "all:LIST", "")
                .dag("branch").inputs("item:NUMBER_INTEGER").task("echo").in("in", "$item").output("o:STRING", "echo.out").end()
                .dag("body").inputs("item:NUMBER_INTEGER")
                .task("condition-2").of("branch").in("item", "$item").when("int(inputs.parameter_values['item']) >= 2")
                .output("o:STRING", "condition-2.o").end()
                .dag("root").task("for-loop-1").of("body").over("[1,2,3]", "item", 0).task("use").in("all", "for-loop-1.o").end();
        GraphDriver d = GraphDriver.of(specs).run();
        assertThat(d.graph.task("use").inputs().parameters().get("all")).hasSize(2);
        assertThat(d.summary()).contains("for-loop-1[0]/condition-2 SKIPPED CONDITION_FALSE", "for-loop-1[0] SUCCEEDED");
        assertThat(d.graph.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aLoopOverArtifactsHandsEachIterationOne() {
        Specs specs = new Specs().component("make", "", "@files*").component("use", "@file", "")
                .dag("body").task("use").artifact("file", "$file").end()
                .dag("root").task("make").task("for-loop-1").of("body").artifact("files", "make.files").overArtifacts("files", "file", 0).end();
        GraphDriver d = GraphDriver.of(specs).run();
        assertThat(d.uris("for-loop-1[0]/use", "file")).containsExactly("make");
    }

    @Test
    void aLoopOverAStructFieldOfTheItem() {
        Specs specs = new Specs().component("echo", "in", "")
                .dag("inner").inputs("sub").task("echo").in("in", "$sub > parseJson(string_value)[\"q\"]").end()
                .dag("outer").inputs("item")
                .task("for-loop-2").of("inner").in("list", "$item > parseJson(string_value)[\"p\"]").overInput("list", "sub", 0).end()
                .dag("root").task("for-loop-1").of("outer").over("[{\"p\": [{\"q\": 1}, {\"q\": 2}]}]", "item", 0).end();
        GraphDriver d = GraphDriver.of(specs).run();
        assertThat(d.input("for-loop-1[0]/for-loop-2[1]/echo", "in")).isEqualTo("\"2\"");
    }

    /** A list without an item type: the SDK calls its items STRING, the component knows better. */
    @Test
    void itemsDeclaredAsTextAreReadAsWhatTheComponentTakes() {
        Specs specs = new Specs().component("use", "n:NUMBER_INTEGER x:NUMBER_DOUBLE t:STRING", "")
                .dag("body").inputs("pipelinechannel--make-Output-loop-item")
                .task("use").in("n", "$pipelinechannel--make-Output-loop-item").in("x", "$pipelinechannel--make-Output-loop-item")
                .in("t", "$pipelinechannel--make-Output-loop-item").end()
                .dag("root").task("for-loop-1").of("body").over("[1, \"2\", \"two\"]", "pipelinechannel--make-Output-loop-item", 0).end();
        GraphDriver d = GraphDriver.of(specs).run();
        assertThat(d.input("for-loop-1[0]/use", "n")).isEqualTo("1");
        assertThat(d.input("for-loop-1[0]/use", "x")).isEqualTo("1");
        assertThat(d.input("for-loop-1[0]/use", "t")).isEqualTo("\"1\"");
        assertThat(d.input("for-loop-1[1]/use", "n")).isEqualTo("2");
        assertThat(d.graph.task("for-loop-1[2]/use").message()).contains("‘n’ is NUMBER_INTEGER, got \"two\"");
    }

    @Test
    void missingLoopVariablesOfTheSdkAreFound() {
        Specs specs = new Specs().component("echo", "in n", "")
                .dag("body").inputs("pipelinechannel--x-loop-item:STRUCT pipelinechannel--x-loop-item-subvar-k pipelinechannel--loop-item-param-9")
                .task("echo").in("in", "$pipelinechannel--x-loop-item-subvar-k").in("n", "$pipelinechannel--x-loop-item-subvar-n").end()
                .dag("root").task("for-loop-1").of("body")
                .in("pipelinechannel--x-loop-item-subvar-k", "$x-loop-item-subvar-k")
                .in("pipelinechannel--loop-item-param-9", "$pipelinechannel--loop-item-param-9")
                .over("[{\"k\": \"v\", \"n\": 5}]", "pipelinechannel--x-loop-item", 0).end();
        GraphDriver d = GraphDriver.of(specs).run();
        assertThat(d.input("for-loop-1[0]/echo", "in")).isEqualTo("\"v\"");
        assertThat(d.input("for-loop-1[0]/echo", "n")).isEqualTo("\"5\"");
    }

    @Test
    void aConditionOnTheLoopItselfSkipsIt() {
        Specs specs = new Specs().dag("body").inputs("item").task("t").end()
                .dag("root").task("for-loop-1").of("body").over("[1]", "item", 0).when("1 > 2").end();
        assertThat(GraphDriver.of(specs).run().summary()).containsExactly("for-loop-1 SKIPPED CONDITION_FALSE");
    }

    @Test
    void aLoopOverAComponentWithoutDagRunsItPerItem() {
        Specs specs = new Specs().component("echo", "in", "out").component("use", "all:LIST", "")
                .dag("root").task("echo").over("[\"a\",\"b\"]", "in", 0).task("use").in("all", "echo.out").end();
        GraphDriver d = GraphDriver.of(specs).run();
        assertThat(d.launched).containsExactly("echo[0]", "echo[1]", "use");
        assertThat(d.input("use", "all")).isEqualTo("[\"echo[0]\",\"echo[1]\"]");
    }

    @Test
    void theTypeOfTheFirstItemIsNotTrusted() {
        Specs specs = new Specs().component("echo", "in", "")
                .dag("body").inputs("pipelinechannel--item:NUMBER_INTEGER").task("echo").in("in", "$pipelinechannel--item").end()
                .dag("root").task("for-loop-1").of("body").over("[1, \"b\", {\"c\": 1}]", "pipelinechannel--item", 0).end();
        List<String> values = new ArrayList<>();
        GraphDriver d = GraphDriver.of(specs).run();
        for (int i = 0; i < 3; i++) {
            values.add(d.input("for-loop-1[" + i + "]/echo", "in"));
        }
        assertThat(values).containsExactly("\"1\"", "\"b\"", "\"{\\\"c\\\":1}\"");
    }

    @Test
    void collectedArtifactsKeepTheirOrderWhateverEndsFirst() {
        Specs specs = new Specs().component("make", "in", "@data").component("use", "@all*", "")
                .dag("body").inputs("item").task("make").in("in", "$item").output("@d", "make.data").end()
                .dag("root").task("for-loop-1").of("body").over("[1,2,3,4]", "item", 0).task("use").artifact("all", "for-loop-1.d").end();
        for (int seed = 0; seed < 20; seed++) {
            GraphDriver d = new GraphDriver(specs.build(), "{}", new java.util.Random(seed)).run();
            List<Artifact> all = d.graph.task("use").inputs().artifacts().get("all");
            assertThat(all).extracting(Artifact::uri).containsExactly(
                    "for-loop-1[0]/make", "for-loop-1[1]/make", "for-loop-1[2]/make", "for-loop-1[3]/make");
        }
    }
}
