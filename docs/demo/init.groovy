// The demonstration: local processes are allowed, and the example pipeline is a job in an experiment, whose first run starts with Jenkins.
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration
import io.jenkins.plugins.kubeflow.experiment.Experiment
import io.jenkins.plugins.kubeflow.job.InlineDefinition
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline
import jenkins.model.Jenkins

def jenkins = Jenkins.get()
KubeflowConfiguration.get().localProcesses = true
if (jenkins.getItem('Examples') == null) {
    def experiment = jenkins.createProject(Experiment, 'Examples')
    def job = experiment.createProject(KubeflowPipeline, 'iris')
    job.description = 'Trains classifiers on the iris data in parallel and reports on the best of them.'
    job.definition = new InlineDefinition(new File(System.getProperty('kubeflow.demo.pipeline')).getText('UTF-8'))
    job.save()
    job.scheduleBuild2(0)
}
