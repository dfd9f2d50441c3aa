package io.jenkins.plugins.kubeflow.cloud;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Prints what a step costs here and as {@code podTemplate} with {@code container} of the Kubernetes plugin, in one Jenkins and one
 * sitting, for docs/performance.md; no part of the tests. Wants KUBECONFIG, an address of this machine that Pods reach (KUBEFLOW_HOST)
 * and an image of an inbound agent (KUBEFLOW_AGENT_IMAGE): {@code mvnw test -Dtest=PodTemplateBenchmark}.
 */
@WithJenkins
class PodTemplateBenchmark {
    /** With sh, and nohup and ps, which the sh of Jenkinsfiles needs. */
    private static final String IMAGE = System.getenv().getOrDefault("KUBEFLOW_STEP_IMAGE", "busybox:1.36");

    private static final int STEPS = Integer.getInteger("kubeflow.steps", 20);

    @Test
    void steps(JenkinsRule r) throws Exception {
        String host = System.getenv("KUBEFLOW_HOST");
        String agent = System.getenv().getOrDefault("KUBEFLOW_AGENT_IMAGE", "jenkins/inbound-agent");
        assumeTrue(System.getenv("KUBECONFIG") != null && host != null, "set KUBECONFIG and KUBEFLOW_HOST");
        try (KubernetesClient client = new KubernetesClientBuilder().build();
                ServerSocket door = new ServerSocket(0, 50, InetAddress.getByName(host))) {
            Namespace made = client.resource(new NamespaceBuilder().withNewMetadata().withGenerateName("kubeflow-it-").endMetadata().build()).create();
            try {
                String namespace = made.getMetadata().getName();
                int port = r.getURL().getPort();
                Thread relay = new Thread(() -> relay(door, port));
                relay.setDaemon(true);
                relay.start();
                KubernetesCloud cloud = new KubernetesCloud("cluster");
                cloud.setNamespace(namespace);
                cloud.setWebSocket(true);
                cloud.setJenkinsUrl("http://" + host + ":" + door.getLocalPort() + r.getURL().getPath());
                cloud.setTraits(List.of(new KubeflowCloudTrait()));
                r.jenkins.clouds.add(cloud);

                KubeflowPipeline ours = r.jenkins.createProject(KubeflowPipeline.class, "ours");
                ours.setDefinition(new InlineDefinition(chain()));
                double[] here = steps(r.buildAndAssertSuccess(ours));
                WorkflowJob theirs = r.jenkins.createProject(WorkflowJob.class, "theirs");
                theirs.setDefinition(new CpsFlowDefinition("echo \"AT ${System.currentTimeMillis()}\"\nfor (int i = 0; i < " + STEPS + "; i++) {\n"
                        + "podTemplate(cloud: 'cluster', containers: [containerTemplate(name: 'jnlp', image: '" + agent + "'),"
                        + " containerTemplate(name: 'box', image: '" + IMAGE + "', command: 'sleep', args: '9999')]) {\n"
                        + "node(POD_LABEL) { container('box') { sh 'true' } } }\necho \"AT ${System.currentTimeMillis()}\"\n}", false));
                double[] there = times(r.buildAndAssertSuccess(theirs));
                System.out.printf(
                        "FIGURE %d steps one after the other: ours %.2f s (mean %.2f), podTemplate %.2f s (mean %.2f), medians %.1fx, means %.1fx%n",
                        STEPS, median(here), mean(here), median(there), mean(there), median(there) / median(here), mean(there) / mean(here));
            } finally {
                client.resource(made).delete();
            }
        }
    }

    private static String chain() {
        String tasks = IntStream.range(0, STEPS)
                .mapToObj(i -> "t" + i + ": {taskInfo: {name: t" + i + "}, componentRef: {name: step}" + (i == 0 ? "" : ", dependentTasks: [t" + (i - 1) + "]") + "}")
                .collect(Collectors.joining(", "));
        return "pipelineInfo: {name: chain}\nschemaVersion: 2.1.0\nsdkVersion: kfp-2.17.0\ncomponents: {step: {executorLabel: step}}\n"
                + "deploymentSpec: {executors: {step: {container: {image: '" + IMAGE + "', command: [sh, -c, 'true']}}}}\n"
                + "root: {dag: {tasks: {" + tasks + "}}}\n";
    }

    /** From the end of one task to the end of the next; each begins when its predecessor has ended. */
    private static double[] steps(PipelineRun run) throws IOException {
        List<Long> moments = new ArrayList<>();
        for (String line : Files.readAllLines(run.directory().journal())) {
            if (moments.isEmpty() || line.contains("\"ended\"")) {
                moments.add(Instant.parse(line.replaceFirst(".*?\"at\":\"([^\"]+)\".*", "$1")).toEpochMilli());
            }
        }
        return between(moments);
    }

    private static double[] times(WorkflowRun run) throws IOException {
        return between(run.getLog(100_000).stream().filter(line -> line.startsWith("AT ")).map(line -> Long.valueOf(line.substring(3))).toList());
    }

    private static double[] between(List<Long> moments) {
        if (moments.size() != STEPS + 1) {
            throw new IllegalStateException(moments.size() + " moments: " + moments);
        }
        return IntStream.range(0, STEPS).mapToDouble(i -> (moments.get(i + 1) - moments.get(i)) / 1000.0).toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** Jenkins in a test listens to this machine alone. */
    private static void relay(ServerSocket door, int port) {
        try {
            while (true) {
                Socket outside = door.accept();
                Socket inside = new Socket("localhost", port);
                copy(outside, inside);
                copy(inside, outside);
            }
        } catch (IOException e) {
            // closed: over
        }
    }

    private static void copy(Socket from, Socket to) {
        Thread copy = new Thread(() -> {
            try (from; to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // the other side tells
            }
        });
        copy.setDaemon(true);
        copy.start();
    }
}
