package io.jenkins.plugins.kubeflow.engine.store;

/** Where the keys of an object store come from. Thread-safe. */
public interface StoreCredentials {
    /**
     * Those of now; temporary ones have enough of their time left for what is signed with them. May block on the network.
     *
     * @throws StoreException with a sentence that says why there are none
     */
    StoreKeys keys() throws StoreException;

    static StoreCredentials of(StoreKeys keys) {
        return () -> keys;
    }
}
