package io.jenkins.plugins.kubeflow.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Order, skipping, failure and exit tasks (kfp.md 2.2, 2.8, 2.10, 2.11). */
class ControlFlowTest {

    @Test
    void tasksRunInTheOrderOfTheirDependencies() {
        GraphDriver d = GraphDriver.of(new Specs().component("c", "in?", "out")
                .dag("root").task("c3").of("c").in("in", "c2.out").task("c2").of("c").after("c1").task("c1").of("c").end()).run();
        assertThat(d.launched).containsExactly("c1", "c2", "c3");
        assertThat(d.input("c3", "in")).isEqualTo("\"c2\"");
        assertThat(d.graph.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aFailureSkipsDependantsAndLeavesOthersAlone() {
        GraphDriver d = GraphDriver.of(new Specs().dag("root")
                .task("a").task("b").after("a").task("c").after("b").task("other").end()).fails("a").run();
        assertThat(d.summary()).containsExactly(
                "a FAILED USER", "b SKIPPED UPSTREAM_FAILED", "c SKIPPED UPSTREAM_FAILED", "other SUCCEEDED");
        assertThat(d.graph.state()).isEqualTo(RunState.FAILED);
        assertThat(d.graph.error()).isEqualTo("task ‘a’ failed: exit code 3");
    }

    @Test
    void aFalseConditionSkipsDependantsAndTheRunSucceeds() {
        GraphDriver d = GraphDriver.of(new Specs().dag("branch").task("inner").end()
                .dag("root").task("condition-1").of("branch").when("1 > 2").task("after").after("condition-1").end()).run();
        assertThat(d.summary()).containsExactly("after SKIPPED UPSTREAM_SKIPPED", "condition-1 SKIPPED CONDITION_FALSE");
        assertThat(d.graph.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void oneOfTakesTheBranchThatRan() {
        Specs specs = new Specs().component("make", "", "out").component("use", "in", "")
                .dag("yes").task("make").output("o:STRING", "make.out").end()
                .dag("branches")
                .task("condition-2").of("yes").when("1 > 2").task("condition-3").of("yes").when("1 < 2")
                .output("o:STRING", "condition-2.o|condition-3.o").end()
                .dag("root").task("condition-branches-1").of("branches").task("use").in("in", "condition-branches-1.o").end();
        GraphDriver d = GraphDriver.of(specs).run();
        assertThat(d.input("use", "in")).isEqualTo("\"condition-branches-1/condition-3/make\"");
        assertThat(d.graph.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void oneOfWithoutABranchThatRanFailsItsConsumer() {
        Specs specs = new Specs().component("make", "", "out").component("use", "in", "")
                .dag("yes").task("make").output("o:STRING", "make.out").end()
                .dag("branches").task("condition-2").of("yes").when("1 > 2").output("o:STRING", "condition-2.o").end()
                .dag("root").task("condition-branches-1").of("branches").task("use").in("in", "condition-branches-1.o").end();
        GraphDriver d = GraphDriver.of(specs).run();
        assertThat(d.graph.task("use").reason()).isEqualTo(Reason.SPEC);
        assertThat(d.graph.task("use").message())
                .isEqualTo("task ‘use’: input ‘in’ has no value: no successful task in ‘condition-branches-1’ produced it");
    }

    @Test
    void anExitTaskRunsAfterFailureAndTheRunStillFails() {
        Specs specs = new Specs().component("cleanup", "status:TASK_FINAL_STATUS", "")
                .dag("body").task("work").end()
                .dag("root").task("exit-handler-1").of("body").task("cleanup").in("status", "!exit-handler-1").always().end();
        GraphDriver d = GraphDriver.of(specs).fails("exit-handler-1/work").run();
        assertThat(d.summary()).containsExactly(
                "cleanup SUCCEEDED", "exit-handler-1 FAILED USER", "exit-handler-1/work FAILED USER");
        assertThat(d.graph.task("cleanup").inputs().parameters().get("status").get("state").asText()).isEqualTo("FAILED");
        assertThat(d.graph.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void ignoreUpstreamFailureRunsWithTheDefault() {
        Specs specs = new Specs().component("make", "", "out").component("use", "in=\"fallback\"", "")
                .dag("root").task("make").task("use").in("in", "make.out").always().end();
        GraphDriver d = GraphDriver.of(specs).fails("make").run();
        assertThat(d.input("use", "in")).isEqualTo("\"fallback\"");
        assertThat(d.summary()).containsExactly("make FAILED USER", "use SUCCEEDED");
        assertThat(d.graph.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void anAlwaysTaskStillHonoursItsCondition() {
        Specs specs = new Specs().dag("root").task("a").task("b").after("a").always().when("1 > 2").end();
        assertThat(GraphDriver.of(specs).fails("a").run().summary()).containsExactly("a FAILED USER", "b SKIPPED CONDITION_FALSE");
    }

    @Test
    void anUnreadableConditionFailsTheTaskAndSaysSo() {
        Specs specs = new Specs().dag("root").task("a").when("inputs.parameter_values['nope'] == 1").end();
        GraphDriver d = GraphDriver.of(specs).run();
        assertThat(d.summary()).containsExactly("a FAILED SPEC");
        assertThat(d.graph.task("a").message()).contains("‘a’").contains("nope");
    }

    @Test
    void failureInsideNestedDagsIsNamedByItsLeaf() {
        Specs specs = new Specs().dag("inner").task("leaf").end().dag("outer").task("in").of("inner").end()
                .dag("root").task("out").of("outer").task("next").after("out").end();
        GraphDriver d = GraphDriver.of(specs).fails("out/in/leaf").run();
        assertThat(d.graph.error()).isEqualTo("task ‘out/in/leaf’ failed: exit code 3");
        assertThat(d.graph.task("next").message()).isEqualTo("task ‘out’ failed");
    }

    @Test
    void anEmptyDagSucceeds() {
        GraphDriver d = GraphDriver.of(new Specs().dag("nothing").end().dag("root").task("n").of("nothing").end()).run();
        assertThat(d.summary()).containsExactly("n SUCCEEDED");
    }

    @Test
    void importersNeedNoLaunch() {
        GraphDriver d = GraphDriver.of(new Specs().importer("import").component("use", "@data", "")
                .dag("root").task("import").task("use").artifact("data", "import.artifact").end()).run();
        assertThat(d.launched).containsExactly("use");
        assertThat(d.uris("use", "data")).containsExactly("/data");
    }
}
