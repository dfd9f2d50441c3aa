package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Where the directories of renamed and moved jobs are now, and the Jenkins home itself: runs, and what is remembered of them, have
 * written down their artifacts with whole paths. Runs under way go on in the new place. A list in the Jenkins home, {@code kubeflow/moved.json}, in the order of the moves.
 */
@Extension
public final class MovedJobs extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(MovedJobs.class.getName());

    private record Move(Path from, Path to) {}

    private volatile List<Move> moves = List.of();

    /** Before a job is loaded. */
    @Initializer(after = InitMilestone.EXTENSIONS_AUGMENTED, before = InitMilestone.JOB_LOADED)
    public static void start() {
        MovedJobs moved = ExtensionList.lookupSingleton(MovedJobs.class);
        moved.load();
        LocalFiles.follow(moved::now);
    }

    private static Path home() {
        return Jenkins.get().getRootDir().toPath();
    }

    private static Path file() {
        return home().resolve("kubeflow").resolve("moved.json");
    }

    private synchronized void load() {
        List<Move> read = new ArrayList<>();
        Path before = home();
        try {
            if (Files.exists(file())) {
                JsonNode json = Json.MAPPER.readTree(file().toFile());
                before = Path.of(json.path("home").asText(home().toString()));
                json.path("moves").forEach(move -> read.add(new Move(Path.of(move.path("from").asText()), Path.of(move.path("to").asText()))));
            }
            moves = List.copyOf(read);
            if (!before.equals(home()) || !Files.exists(file())) {
                add(before, home());
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> file() + ": artifacts of renamed jobs may not be found");
        }
    }

    private synchronized void add(Path from, Path to) throws IOException {
        List<Move> more = new ArrayList<>(moves);
        if (!from.equals(to)) {
            more.add(new Move(from, to));
        }
        moves = List.copyOf(more);
        var json = Json.MAPPER.createObjectNode().put("home", home().toString());
        ArrayNode list = json.putArray("moves");
        moves.forEach(move -> list.addObject().put("from", move.from().toString()).put("to", move.to().toString()));
        Files.createDirectories(file().getParent());
        Path fresh = file().resolveSibling("moved.json.tmp");
        Json.MAPPER.writeValue(fresh.toFile(), json);
        Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Where there is something by now, else the path as it is. */
    private Path now(Path path) {
        Path at = path;
        for (Move move : moves) {
            at = at.startsWith(move.from()) ? move.to().resolve(move.from().relativize(at)) : at;
        }
        return Files.exists(at) ? at : path;
    }

    /** The names that the job which once had this one may have by now, the name itself first: another job may have taken it since. */
    public static List<String> names(String fullName) {
        Path directory = directory(fullName);
        Set<String> names = new LinkedHashSet<>(List.of(fullName));
        List<Move> all = ExtensionList.lookupSingleton(MovedJobs.class).moves;
        for (int first = 0; first < all.size(); first++) {
            Path at = directory;
            for (Move move : all.subList(first, all.size())) {
                at = at.startsWith(move.from()) ? move.to().resolve(move.from().relativize(at)) : at;
            }
            if (at.startsWith(home())) {
                names.add(home().relativize(at).toString().replace('\\', '/').replaceFirst("^jobs/", "").replace("/jobs/", "/"));
            }
        }
        return List.copyOf(names);
    }

    private static Path directory(String fullName) {
        Path directory = home();
        for (String name : fullName.split("/")) {
            directory = directory.resolve("jobs").resolve(name);
        }
        return directory;
    }

    /** Jenkins tells this for every job of a folder that moves, too. */
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        if (item instanceof KubeflowPipeline job) {
            try {
                add(directory(oldFullName), item.getRootDir().toPath());
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "artifacts of ‘" + oldFullName + "’ are not found under ‘" + newFullName + "’");
            }
            ActiveRuns.moved(job, oldFullName);
        }
    }
}
