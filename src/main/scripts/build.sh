# Shared by ./verify and ./demo.

step() {
    printf '\n== %s\n' "$*"
}

maven() {
    ./mvnw -B -ntp -q "$@"
}

# Whether to build the Jenkins layer: unless --engine says no, and if the plugin's parent POM and dependencies resolve - from the local
# repository alone, or else from the network.
jenkins_wanted() {
    for argument in "$@"; do
        if [ "$argument" = --engine ]; then
            return 1
        fi
    done
    if [ ! -f pom.xml ]; then
        return 1
    fi
    if ./mvnw -B -ntp -q -o -f pom.xml -Dskip.frontend test-compile >/dev/null 2>&1; then
        jenkins_offline=-o
        return 0
    fi
    if ./mvnw -B -ntp -q -f pom.xml -Dskip.frontend test-compile >/dev/null 2>&1; then
        jenkins_offline=
        return 0
    fi
    echo "Jenkins' Maven repository cannot be reached: only the engine and its command line are built and tested."
    return 1
}
