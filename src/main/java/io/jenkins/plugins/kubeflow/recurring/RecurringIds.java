package io.jenkins.plugins.kubeflow.recurring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Gives recurring runs their ids: the one they have, else the one their name had in this job, else a new one. */
final class RecurringIds {
    private static final Logger LOGGER = Logger.getLogger(RecurringIds.class.getName());

    private RecurringIds() {}

    static void assign(List<RecurringRun> runs, Path records) {
        Set<String> taken = new HashSet<>();
        boolean complete = true;
        for (RecurringRun run : runs) {
            if (run.getId() == null || !taken.add(run.getId())) {
                run.setId(null);
                complete = false;
            }
        }
        if (complete) {
            return;
        }
        RecurringRecords known = new RecurringRecords();
        try {
            known = RecurringRecords.read(records);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "recurring runs start afresh: " + records);
        }
        for (RecurringRun run : runs) {
            if (run.getId() == null) {
                String id = known.idOf(run.getName());
                run.setId(id != null && taken.add(id) ? id : UUID.randomUUID().toString());
                taken.add(run.getId());
            }
        }
    }
}
