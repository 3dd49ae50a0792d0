package org.lectern.bench;

import java.nio.file.Path;
import java.util.List;

/** A benchmark. It runs in its own process, with its own real engines. */
interface Bench {

    /**
     * @param root root of the repository
     * @param arguments arguments of the caller; each has a default
     */
    Result run(Path root, List<String> arguments) throws Exception;
}
