package io.jenkins.plugins.kubeflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import io.jenkins.plugins.kubeflow.recurring.RecurringRun;
import io.jenkins.plugins.kubeflow.recurring.RecurringRuns;
import io.jenkins.plugins.kubeflow.registry.KubeflowPipelines;
import io.jenkins.plugins.kubeflow.registry.RegisteredDefinition;
import io.jenkins.plugins.kubeflow.registry.RegisteredPipeline;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.recipes.LocalData;

/**
 * The Jenkins home as the first version wrote it, at another place ({@code /var/lib/jenkins}) and with a run under way. It must be read
 * for ever: when a format changes, this home stays and a newer one is put beside it.
 */
@WithJenkins
@DisabledOnOs(OS.WINDOWS)
class FrozenHomeIT {
    @Test
    @LocalData
    void theFirstFormatIsRead(JenkinsRule r) throws Exception {
        assertThat(KubeflowConfiguration.get().isLocalProcesses()).isTrue();
        RegisteredPipeline registered = KubeflowPipelines.get().registry().find("My containers");
        assertThat(registered.versions()).extracting(version -> version.name()).containsExactlyInAnyOrder("v1", "v2");

        Experiment trials = (Experiment) r.jenkins.getItem("trials");
        KubeflowPipeline containers = (KubeflowPipeline) trials.getItem("containers");
        assertThat(containers.getDefinition()).isInstanceOfSatisfying(
                RegisteredDefinition.class, definition -> assertThat(definition.getVersion()).isEqualTo("v1"));
        assertThat(containers.getTriggers().values()).singleElement().isInstanceOf(TimerTrigger.class);
        RecurringRun weekly = RecurringRuns.of(containers).get(0);
        assertThat(weekly.getName()).isEqualTo("weekly");
        assertThat(weekly.getTimeZone()).isEqualTo("Asia/Seoul");
        assertThat(weekly.getSchedule().getText()).isEqualTo("cron 0 0 9 * * 1");
        assertThat(weekly.isEnabled()).isFalse();

        PipelineRun first = containers.getBuildByNumber(1);
        assertThat(first.getDisplayName()).isEqualTo("the first");
        assertThat(first.getResult()).isEqualTo(Result.SUCCESS);
        assertThat(first.getRunId()).isEqualTo("144dc12e-5695-44d3-86dd-a05f68ac7417");
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false)) {
            assertThat(web.getPage(trials).asNormalizedText()).contains("the first", "flaky");
            assertThat(web.goTo("job/trials/job/containers/1/graph/artifact?path=produce&name=data&index=0", null)
                    .getWebResponse().getContentAsString()).contains("one");
        }
        PipelineRun cached = containers.scheduleBuild2(0, new ParametersAction(new StringParameterValue("text", "one"))).get();
        r.assertLogContains("CACHED", r.assertBuildStatusSuccess(cached));

        PipelineRun failed = ((KubeflowPipeline) trials.getItem("flaky")).getBuildByNumber(1);
        failed.retry(null, Map.of("flag", "good"));
        r.assertBuildStatusSuccess(r.waitForCompletion(failed));

        PipelineRun underWay = r.jenkins.getItemByFullName("sleepy", KubeflowPipeline.class).getBuildByNumber(1);
        r.assertBuildStatusSuccess(r.waitForCompletion(underWay));
        r.assertLogContains("Jenkins was restarted; the run goes on", underWay);
        assertThat(underWay.record().pipelineRoot()).startsWith(r.jenkins.getRootDir().toString());
    }
}
