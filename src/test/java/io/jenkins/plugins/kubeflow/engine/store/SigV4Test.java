package io.jenkins.plugins.kubeflow.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of Amazon's documentation ("Examples: Signature Calculations in AWS Signature Version 4", "Using Query Parameters"). */
class SigV4Test {
    private static final Instant AT = Instant.parse("2013-05-24T00:00:00Z");
    private static final String HOST = "examplebucket.s3.amazonaws.com";
    private static final SigV4 SIGNATURE = signature(null);

    private static SigV4 signature(String token) {
        return new SigV4("us-east-1", new S3Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", token, null));
    }

    static Stream<Arguments> examples() {
        return Stream.of(
                Arguments.of("GET", "/test.txt", Map.of(), Map.of("Range", "bytes=0-9"), "",
                        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
                Arguments.of("PUT", "/test$file.text", Map.of(),
                        Map.of("Date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY"),
                        "Welcome to Amazon S3.", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
                Arguments.of("GET", "/", Map.of("lifecycle", ""), Map.of(), "",
                        "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
                Arguments.of("GET", "/", Map.of("max-keys", "2", "prefix", "J"), Map.of(), "",
                        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void headers(String method, String path, Map<String, String> query, Map<String, String> headers, String body, String signature) {
        String payload = SigV4.sha256(body.getBytes(StandardCharsets.UTF_8));
        Map<String, String> signed = SIGNATURE.headers(method, HOST, path, query, headers, payload, AT);
        assertThat(signed.get("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=")
                .endsWith("Signature=" + signature);
        assertThat(signed).containsEntry("x-amz-content-sha256", payload);
    }

    @Test
    void presignedUrl() {
        assertThat(SIGNATURE.presigned("GET", HOST, "/test.txt", Map.of(), 86400, AT)).isEqualTo(
                "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                        + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                        + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    }

    @Test
    void temporaryCredentialsCarryTheirToken() {
        SigV4 temporary = signature("to+ken");
        assertThat(temporary.presigned("GET", HOST, "/x", Map.of(), 60, AT)).contains("X-Amz-Security-Token=to%2Bken&X-Amz-SignedHeaders");
        assertThat(temporary.headers("GET", HOST, "/x", Map.of(), Map.of(), SigV4.EMPTY, AT))
                .containsEntry("x-amz-security-token", "to+ken")
                .hasEntrySatisfying("authorization", value -> assertThat(value).contains(";x-amz-security-token,Signature"));
    }

    @Test
    void everythingButTheUnreservedIsEncoded() {
        assertThat(SigV4.encode("/a b/ü+*~'(", true)).isEqualTo("/a%20b/%C3%BC%2B%2A~%27%28");
        assertThat(SigV4.encode("a/b=", false)).isEqualTo("a%2Fb%3D");
        assertThat(SigV4.EMPTY).isEqualTo(SigV4.sha256(new byte[0]));
    }
}
