package io.jenkins.plugins.kubeflow.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.RunLoadCounter;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Lists of runs come from the index: no build is loaded for them. */
@WithJenkins
class RunLoadIT {
    private static final int RUNS = 6;

    @Test
    void noListLoadsARun(JenkinsRule r) throws Exception {
        KubeflowConfiguration.get().setLocalProcesses(true);
        Experiment experiment = r.jenkins.createProject(Experiment.class, "exp");
        KubeflowPipeline job = experiment.createProject(KubeflowPipeline.class, "job");
        job.setDefinition(new InlineDefinition("name: quick\nimplementation:\n  container:\n    image: busybox\n    command: [sh, -c, 'true']\n"));
        job.save();
        RunLoadCounter.prepare(job);
        for (int i = 0; i < RUNS; i++) {
            r.buildAndAssertSuccess(job);
        }
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false)) {
            assertThat(loads(job, () -> web.getPage(experiment).asNormalizedText())).contains("job #1", "job #6");
            assertThat(loads(job, () -> r.getJSON("job/exp/runs/api/json").getJSONObject().getString("total"))).isEqualTo(String.valueOf(RUNS));
            for (String path : List.of("compare/choices", "recurring-runs/")) {
                loads(job, () -> web.goTo(experiment.getUrl() + path, null).getWebResponse().getContentAsString());
            }
        }
    }

    private static <T> T loads(KubeflowPipeline job, java.util.concurrent.Callable<T> look) throws Exception {
        return RunLoadCounter.assertMaxLoads(job, 0, look);
    }
}
