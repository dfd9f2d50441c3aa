package io.jenkins.plugins.kubeflow.page;

import io.jenkins.plugins.kubeflow.engine.report.Document;
import io.jenkins.plugins.kubeflow.engine.report.LogPart;
import io.jenkins.plugins.kubeflow.engine.report.ServedFile;
import io.jenkins.plugins.kubeflow.engine.report.ShownFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** The pages' answers: documents that a browser may keep and asks about again, parts of logs, and files of strangers. */
final class PageAnswers {
    private PageAnswers() {}

    /** An answer as a lambda. */
    @FunctionalInterface
    private interface Answer extends HttpResponse {
        @Override
        void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException;
    }

    /** 404 for null. */
    static HttpResponse document(Document document) {
        return document == null ? missing() : (Answer) (request, response, node) -> send(document, document.cacheControl(), request, response);
    }

    /** What never changes at its address. */
    static HttpResponse forever(Document document) {
        return (Answer) (request, response, node) -> send(document, "public, max-age=31536000, immutable", request, response);
    }

    private static void send(Document document, String caching, StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        response.setHeader("Cache-Control", caching);
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (document.tag() != null) {
            response.setHeader("ETag", document.tag());
        }
        if (document.isKnown(request.getHeader("If-None-Match"))) {
            response.setStatus(304);
            return;
        }
        response.setContentType(document.type());
        response.setHeader("Vary", "Accept-Encoding");
        byte[] packed = document.gzip(request.getHeader("Accept-Encoding"));
        if (packed != null) {
            response.setHeader("Content-Encoding", "gzip");
        }
        byte[] body = packed == null ? document.body() : packed;
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static HttpResponse log(LogPart part) {
        return (Answer) (request, response, node) -> {
            response.setContentType("text/plain;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("X-Text-Size", Long.toString(part.end()));
            response.setHeader("X-More-Data", Boolean.toString(part.more()));
            response.getOutputStream().write(part.bytes());
        };
    }

    static HttpResponse file(ShownFile file, boolean image) {
        if (file == null) {
            return missing();
        }
        return (Answer) (request, response, node) -> {
            ServedFile served = ServedFile.of(file, image);
            response.setContentType(served.contentType());
            response.setHeader("Content-Security-Policy", ServedFile.POLICY);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Content-Disposition", served.disposition());
            try (InputStream in = file.content().open(); OutputStream out = response.getOutputStream()) {
                response.setContentLengthLong(file.size());
                in.transferTo(out);
            }
        };
    }

    static HttpResponse missing() {
        return (Answer) (request, response, node) -> response.setStatus(404);
    }
}
