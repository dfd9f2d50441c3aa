package io.jenkins.plugins.kubeflow.engine.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.engine.store.MemoryStore;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredViewsTest {
    private final MemoryStore store = new MemoryStore();

    private List<ArtifactView> views(String uri, String type) {
        return ArtifactViews.of(new Artifact("a", type, null, "0.0.1", uri, Json.MAPPER.createObjectNode(), null), LocalFiles::path, store);
    }

    @Test
    void aFileShowsWhatALocalOneWould() {
        store.texts.put("s3://b/table.csv", "a,b\n1,2\n");
        store.texts.put("s3://b/note", "# hello");
        store.texts.put("s3://b/data", "x\0y");
        assertThat(views("s3://b/table.csv", "system.Dataset"))
                .containsExactly(new ArtifactView.Table(List.of("a", "b"), List.of(List.of("1", "2")), false));
        assertThat(views("s3://b/note", "system.Markdown")).containsExactly(new ArtifactView.Markdown("<h1>hello</h1>\n", 7, false));
        assertThat(views("s3://b/data", "system.Model")).containsExactly(new ArtifactView.Download(3));
    }

    @Test
    void aFolderShowsWhatIsDirectlyInIt() {
        store.texts.put("s3://b/tree/x", "12");
        store.texts.put("s3://b/tree/sub/y", "1");
        store.texts.put("s3://b/tree/sub/z", "1");
        assertThat(views("s3://b/tree", "system.Artifact")).containsExactly(new ArtifactView.Directory(
                List.of(new ArtifactView.Entry("sub", true, 0), new ArtifactView.Entry("x", false, 2)), false));
    }

    @Test
    void whatCannotBeReadIsASentence() {
        assertThat(views("s3://b/nothing", "system.Model")).containsExactly(new ArtifactView.Problem("there is nothing at ‘s3://b/nothing’"));
        assertThat(views("gs://b/x", "system.Model")).containsExactly(new ArtifactView.Link("gs://b/x"));
        store.away = true;
        assertThat(views("s3://b/x", "system.Model"))
                .containsExactly(new ArtifactView.Problem("cannot be shown: ‘s3://b/x’: the store does not answer"));
    }

    @Test
    void aLargeFileIsReadInPart() {
        store.texts.put("s3://b/log", "line\n".repeat(200_000));
        assertThat(views("s3://b/log", "system.Artifact")).singleElement().isInstanceOfSatisfying(ArtifactView.Text.class, text -> {
            assertThat(text.truncated()).isTrue();
            assertThat(text.size()).isEqualTo(1_000_000);
            assertThat(text.text()).hasSize(FileViews.HEAD);
        });
    }
}
