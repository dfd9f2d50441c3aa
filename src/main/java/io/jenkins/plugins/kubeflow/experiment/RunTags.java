package io.jenkins.plugins.kubeflow.experiment;

import hudson.model.InvisibleAction;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What people have noted about a run: tags, and whether it is put away. Kept in the build record. */
@ExportedBean
public final class RunTags extends InvisibleAction {
    private static final int LONGEST = 60;

    private List<String> tags = List.of();
    private boolean archived;

    /** Never null; one without tags when nobody has noted anything. */
    public static RunTags of(PipelineRun run) {
        RunTags noted = run.getAction(RunTags.class);
        return noted == null ? new RunTags() : noted;
    }

    @Exported
    public List<String> getTags() {
        return List.copyOf(tags);
    }

    @Exported
    public boolean isArchived() {
        return archived;
    }

    /** @throws IllegalArgumentException with a sentence when it cannot be a tag */
    static String checked(String tag) {
        String text = tag == null ? "" : tag.strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a tag needs at least one character");
        }
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a tag is one line of at most " + LONGEST + " characters");
        }
        return text;
    }

    static void add(PipelineRun run, String tag) throws IOException {
        change(run, noted -> {
            TreeSet<String> all = new TreeSet<>(noted.tags);
            all.add(checked(tag));
            noted.tags = new ArrayList<>(all);
        });
    }

    static void remove(PipelineRun run, String tag) throws IOException {
        change(run, noted -> noted.tags = new ArrayList<>(noted.tags.stream().filter(other -> !other.equals(tag)).toList()));
    }

    static void archive(PipelineRun run, boolean away) throws IOException {
        change(run, noted -> noted.archived = away);
    }

    private static void change(PipelineRun run, java.util.function.Consumer<RunTags> how) throws IOException {
        RunTags changed = new RunTags();
        RunTags before = of(run);
        changed.tags = before.tags;
        changed.archived = before.archived;
        how.accept(changed);
        run.replaceAction(changed);
        run.save();
    }
}
