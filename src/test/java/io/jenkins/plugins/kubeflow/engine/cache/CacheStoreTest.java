package io.jenkins.plugins.kubeflow.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheStoreTest {
    @TempDir
    Path path;

    private static CacheEntry entry(String pipeline, String key, String task, int second) {
        return new CacheEntry(
                key, pipeline, task, "run", "a/b", "/run", Instant.ofEpochSecond(second), Map.of("image", new Fingerprint.Part("d", "t")),
                new TaskOutputs(Map.of("x", Launches.json("Infinity")), Map.of("m", List.of(Launches.artifact("m", "/m", "{\"t\":NaN}")))), Map.of("/m", "sha"));
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> walk = Files.walk(path)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void anEntryComesBack() throws Exception {
        CacheStore store = new CacheStore(path);
        assertThat(store.find("p", "k1")).isNull();
        assertThat(store.list()).isEmpty();
        store.put(entry("p", "k1", "train", 1));
        store.put(entry("p", "k2", "train", 2));
        assertThat(store.find("p", "k1")).hasToString(entry("p", "k1", "train", 1).toString());
        assertThat(store.latest("p", "train").key()).isEqualTo("k2");
        assertThat(store.list()).extracting(CacheEntry::key).containsExactly("k2", "k1");
        assertThat(store.find("q", "k1")).isNull();
    }

    @Test
    void hostileNamesStayInside() throws Exception {
        CacheStore store = new CacheStore(path.resolve("cache"));
        for (String name : List.of("../../x", "a/b", "..", "x\n", "X".repeat(300))) {
            store.put(entry(name, "k", name, 1));
            assertThat(store.find(name, "k")).isNotNull();
            assertThat(store.latest(name, name)).isNotNull();
        }
        assertThat(files()).allMatch(file -> file.startsWith(path.resolve("cache")));
    }

    @Test
    void aTornOrDamagedFileIsAbsent() throws Exception {
        CacheStore store = new CacheStore(path);
        store.put(entry("p", "k", "train", 1));
        Path file = path.resolve("p/k.json");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(store.find("p", "k")).isNull();
        }
        for (String text : List.of("[]", "{}", "null", "\"x\"", "{\"key\":1}", "\0\0\0")) {
            Files.writeString(file, text);
            assertThat(store.find("p", "k")).isNull();
            assertThat(store.list()).isEmpty();
        }
        store.put(entry("p", "k", "train", 1));
        assertThat(store.find("p", "k")).isNotNull();
    }

    @Test
    void clearRemovesWhatIsAskedFor() throws Exception {
        CacheStore store = new CacheStore(path);
        store.put(entry("p", "k1", "train", 1));
        store.put(entry("q", "k2", "train", 2));
        assertThat(store.clear(e -> e.pipeline().equals("p"))).isEqualTo(1);
        assertThat(store.list()).extracting(CacheEntry::key).containsExactly("k2");
        assertThat(store.clear(e -> true)).isEqualTo(1);
        assertThat(files()).isEmpty();
    }

    @Test
    void manyWritersAndReaders() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int n = i;
                work.add(() -> {
                    new CacheStore(path).put(entry("p", "k" + n % 5, "train", n));
                    return new CacheStore(path).find("p", "k" + n % 5) != null && new CacheStore(path).latest("p", "train") != null;
                });
            }
            for (Future<Boolean> done : pool.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(files()).hasSize(6).noneMatch(file -> file.toString().endsWith(".tmp"));
    }
}
