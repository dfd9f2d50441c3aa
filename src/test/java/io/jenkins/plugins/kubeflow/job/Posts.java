package io.jenkins.plugins.kubeflow.job;

import java.net.URI;
import java.net.URL;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
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
            return web.getPage(web.addCrumb(request(r, path, fields))).getWebResponse();
        }
    }

    private static WebRequest request(JenkinsRule r, String path, NameValuePair... fields) throws Exception {
        URL url = URI.create(r.getURL() + path).toURL();
        WebRequest request = new WebRequest(url, HttpMethod.POST);
        request.setRequestParameters(List.of(fields));
        return request;
    }

    /** The page that answers. */
    public static HtmlPage page(JenkinsRule.WebClient web, JenkinsRule r, String path, String json) throws Exception {
        return web.getPage(web.addCrumb(request(r, path, new NameValuePair("json", json))));
    }
}
