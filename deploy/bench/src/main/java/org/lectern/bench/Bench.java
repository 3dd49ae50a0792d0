package org.lectern.bench;

import java.nio.file.Path;
import java.util.List;

/** A benchmark. It runs in a process of its own, over real engines of its own. */
interface Bench {

    /**
     * @param root of the repository, in which everything is built
     * @param arguments those given by the caller; there is a default for each
     */
    Result run(Path root, List<String> arguments) throws Exception;
}
