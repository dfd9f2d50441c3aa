package io.jenkins.plugins.kubeflow.engine.task;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

/** The JSON of values: a parameter of 50 MB passes, and the NaN and Infinity that Python writes (every ROC curve has one) are read. */
public final class Json {
    /** Levels of lists and objects within each other; a tree of that depth is still walked on a thread's ordinary stack. */
    static final int DEEPEST = 1_000;

    public static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(10_000)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(2 * DEEPEST).build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build());

    /** One JSON value and nothing behind it. */
    public static final ObjectReader STRICT = MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /**
     * A generator that writes NaN and Infinity as Python does, as bare words: for files that we or a step read again. Everything for
     * the outside world is written with {@link #MAPPER}, which quotes them.
     */
    public static JsonGenerator exact(JsonGenerator out) {
        return out.disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS.mappedFeature());
    }
}
