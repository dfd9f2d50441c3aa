package io.jenkins.plugins.kubeflow.experiment;

import hudson.search.SearchIndex;
import hudson.search.SearchItem;
import hudson.search.SearchItems;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Finds an experiment's runs by id and by name in the search box, without loading them. */
final class RunSearch implements SearchIndex {
    private static final Logger LOGGER = Logger.getLogger(RunSearch.class.getName());
    private static final int SUGGESTED = 10;

    private final Experiment experiment;

    RunSearch(Experiment experiment) {
        this.experiment = experiment;
    }

    @Override
    public void find(String token, List<SearchItem> result) {
        rows(token).stream().filter(row -> row.runId().equals(token) || token.equals(row.name())).map(this::item).forEach(result::add);
    }

    @Override
    public void suggest(String token, List<SearchItem> result) {
        rows(token).stream().map(this::item).forEach(result::add);
    }

    private List<RunRow> rows(String token) {
        try {
            return experiment.runs().find(new RunQuery(token, null, null, null, false, "started", true, 0, SUGGESTED), RunTable.visible(experiment)).rows();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot search the runs of " + experiment.getFullName());
            return List.of();
        }
    }

    /** The address is whole, so that it is right from wherever one searches. */
    private SearchItem item(RunRow row) {
        String name = row.name() == null ? row.runId() : row.name();
        return SearchItems.create(name, "/" + experiment.getUrl() + "job/" + hudson.Util.rawEncode(row.job()) + "/" + row.number() + "/");
    }
}
