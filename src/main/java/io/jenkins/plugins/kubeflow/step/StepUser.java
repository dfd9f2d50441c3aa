package io.jenkins.plugins.kubeflow.step;

import hudson.AbortException;
import hudson.model.User;
import hudson.security.ACL;
import java.io.Serializable;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Who a step works for, kept over a restart by name. */
final class StepUser implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;

    private StepUser(String name) {
        this.name = name;
    }

    static StepUser current() {
        return new StepUser(Jenkins.getAuthentication2().getName());
    }

    /** @throws AbortException when the user is none any more */
    Authentication authentication() throws AbortException {
        if (name.equals(ACL.SYSTEM2.getName())) {
            return ACL.SYSTEM2;
        }
        User user = User.getById(name, false);
        try {
            return user == null ? Jenkins.ANONYMOUS2 : user.impersonate2();
        } catch (UsernameNotFoundException e) {
            throw new AbortException("‘" + name + "’, who started the build, is no user of Jenkins any more");
        }
    }
}
