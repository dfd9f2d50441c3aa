package io.jenkins.plugins.kubeflow.job;

import java.net.URI;
import java.net.URL;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.jvnet.hudson.test.JenkinsRule;

/** Sends forms as a script does, and takes every answer. */
public final class Posts {
    private Posts() {}

    public static WebResponse json(JenkinsRule r, String path, String json) throws Exception {
        return send(r, path, new NameValuePair("json", json));
    }

    public static WebResponse send(JenkinsRule r, String path, NameValuePair... fields) throws Exception {
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false).withThrowExceptionOnFailingStatusCode(false)) {
            URL url = URI.create(r.getURL() + path).toURL();
            WebRequest request = new WebRequest(url, HttpMethod.POST);
            request.setRequestParameters(List.of(fields));
            return web.getPage(web.addCrumb(request)).getWebResponse();
        }
    }
}
