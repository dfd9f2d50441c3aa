package io.jenkins.plugins.kubeflow.engine.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Document;

/** One object that is written in parts, each by a URL of its own. Blocks; one thread at a time. */
public final class S3Upload {
    private final S3Client client;
    private final ObjectUri object;
    private final String id;
    private final Duration valid;

    private S3Upload(S3Client client, ObjectUri object, String id, Duration valid) {
        this.client = client;
        this.object = object;
        this.id = id;
        this.valid = valid;
    }

    static S3Upload begin(S3Client client, ObjectUri object, Duration valid) throws IOException {
        HttpResponse<InputStream> answer = client.send("POST", object, Map.of("uploads", ""), Map.of(), new byte[0]);
        String id = answer == null ? "" : S3Client.text(client.xml(answer, object), "UploadId");
        if (id.isEmpty()) {
            throw new StoreException("‘" + object + "’: the store takes no upload in parts", 400);
        }
        return new S3Upload(client, object, id, valid);
    }

    /** @param number from 1 */
    public String partUrl(int number) throws StoreException {
        return client.presigned("PUT", object, Map.of("partNumber", Integer.toString(number), "uploadId", id), valid);
    }

    /** @param etags of the parts, in their order, as the store gave them */
    public void complete(List<String> etags) throws IOException {
        StringBuilder xml = new StringBuilder("<CompleteMultipartUpload>");
        for (int i = 0; i < etags.size(); i++) {
            String etag = etags.get(i).replaceAll("[^A-Za-z0-9-]", "");
            xml.append("<Part><PartNumber>").append(i + 1).append("</PartNumber><ETag>&quot;").append(etag).append("&quot;</ETag></Part>");
        }
        byte[] body = xml.append("</CompleteMultipartUpload>").toString().getBytes(StandardCharsets.UTF_8);
        HttpResponse<InputStream> answer = client.send("POST", object, Map.of("uploadId", id), Map.of(), body);
        if (answer == null) {
            throw new StoreException("‘" + object + "’: the store has forgotten the upload", 404);
        }
        Document document = client.xml(answer, object); // an error may come after the 200
        if (document.getDocumentElement().getNodeName().equals("Error")) {
            throw new StoreException("‘" + object + "’: " + S3Client.text(document, "Code") + ": " + S3Client.text(document, "Message"), 500);
        }
    }

    /** Parts that nobody completes would cost for ever. */
    public void abort() throws IOException {
        HttpResponse<InputStream> answer = client.send("DELETE", object, Map.of("uploadId", id), Map.of(), new byte[0]);
        if (answer != null) {
            answer.body().close();
        }
    }
}
