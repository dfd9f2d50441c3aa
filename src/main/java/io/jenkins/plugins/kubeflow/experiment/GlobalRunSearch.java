package io.jenkins.plugins.kubeflow.experiment;

import hudson.Extension;
import hudson.search.Search;
import hudson.search.SearchFactory;
import hudson.search.SearchItem;
import hudson.search.SearchResult;
import hudson.search.SearchableModelObject;
import hudson.search.SuggestedItem;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/**
 * Jenkins' own search box, which besides finds the runs of all experiments that the user may see, by id and by name. Answered from the
 * experiments' indices; short words are left to Jenkins.
 */
final class GlobalRunSearch extends Search {
    private static final int SHORTEST = 3;
    private static final int SUGGESTED = 20;

    @Override
    public SearchResult getSuggestions(StaplerRequest2 request, String query) {
        SearchResult found = super.getSuggestions(request, query);
        List<SearchItem> runs = new ArrayList<>();
        for (Experiment experiment : experiments(query)) {
            new RunSearch(experiment).suggest(query, runs);
        }
        runs.stream().limit(SUGGESTED).map(SuggestedItem::new).forEach(found::add);
        return found;
    }

    /** What Jenkins itself has of that name goes first; whoever then asks for just one run gets there. */
    @GET
    @Override
    public void doIndex(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        Jenkins.get().checkPermission(Jenkins.READ);
        String query = request.getParameter("q");
        List<SearchItem> runs = new ArrayList<>();
        if (query != null && find(Jenkins.get().getSearchIndex(), query) == null) {
            for (Experiment experiment : experiments(query)) {
                new RunSearch(experiment).find(query, runs);
            }
        }
        if (runs.size() == 1) {
            response.sendRedirect2(request.getContextPath() + runs.get(0).getSearchUrl());
        } else {
            super.doIndex(request, response);
        }
    }

    private static List<Experiment> experiments(String query) {
        return query == null || query.length() < SHORTEST ? List.of() : Jenkins.get().getAllItems(Experiment.class);
    }

    /** For Jenkins' first page and those without a search of their own. */
    @Extension
    public static final class Factory extends SearchFactory {
        @Override
        public Search createFor(SearchableModelObject owner) {
            return owner instanceof Jenkins ? new GlobalRunSearch() : null;
        }
    }
}
