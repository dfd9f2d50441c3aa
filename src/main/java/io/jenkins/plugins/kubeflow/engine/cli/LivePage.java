package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.report.LivePageServer;
import io.jenkins.plugins.kubeflow.engine.report.OtherRuns;
import io.jenkins.plugins.kubeflow.engine.report.LiveSource;
import io.jenkins.plugins.kubeflow.engine.report.RunSource;
import io.jenkins.plugins.kubeflow.engine.report.ShownFiles;
import io.jenkins.plugins.kubeflow.engine.run.RunEngine;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The live page of a run that is being carried out here; nothing at all without {@code --watch}. */
final class LivePage implements AutoCloseable {
    private final LivePageServer server;

    private LivePage(LivePageServer server) {
        this.server = server;
    }

    static LivePage of(RunnerOptions options, RunEngine engine) throws IOException, BadInputException {
        return options.watch ? serve(new LiveSource(engine, ShownFiles.all().with(options.stores.reader()), OtherRuns.beside(engine.directory())), options.port, options.open) : new LivePage(null);
    }

    static LivePage serve(RunSource source, PortOption port, boolean open) throws IOException, BadInputException {
        LivePageServer server = port.serve(source);
        System.out.println("live page: " + server.address());
        System.out.flush();
        if (open) {
            open(server.address());
        }
        return new LivePage(server);
    }

    /** Asks the desktop for a browser; without one, the printed address has to do. */
    private static void open(URI address) {
        boolean mac = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT).contains("mac");
        try {
            new ProcessBuilder(List.of(mac ? "open" : "xdg-open", address.toString())).start();
        } catch (IOException noDesktop) {
            System.err.println("no browser could be opened: " + noDesktop.getMessage());
        }
    }

    /** Until Ctrl-C. */
    void serveForever() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    /** A page that is being looked at (a hidden one asks each 15 s) should see the end, and a last look at it, before the server goes. */
    void linger() throws InterruptedException {
        if (server != null) {
            server.awaitEndShown(20, TimeUnit.SECONDS);
            new CountDownLatch(1).await(3, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
