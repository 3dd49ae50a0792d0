package org.lectern.local.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The order of the requests of a run: each operation in turn, mixed with messages that violate the protocol. A request
 * keeps its name and content in a run limited to its service or operation.
 */
final class Plan {

    private static final int OPERATIONS_PER_PROTOCOL_CASE = 4;

    private final List<IntFunction<FuzzRequest>> turns = new ArrayList<>();

    /**
     * Adds the requests for one service.
     *
     * @param operation the only operation, or empty for all
     */
    void add(RequestGenerator generator, ProtocolCases protocol, String operation) {
        List<Operation> operations = generator.operations();
        int cases = (operations.size() + OPERATIONS_PER_PROTOCOL_CASE - 1) / OPERATIONS_PER_PROTOCOL_CASE;
        int added = 0;
        for (int i = 0; i < operations.size(); i++) {
            Operation each = operations.get(i);
            if (operation.isEmpty() || operation.equals(each.id())) {
                turns.add(round -> generator.request(each, round));
            }
            if (operation.isEmpty() && i % OPERATIONS_PER_PROTOCOL_CASE == 0) {
                int turn = added++;
                turns.add(round -> protocol.request(round * cases + turn));
            }
        }
        if (operation.equals(ProtocolCases.OPERATION)) {
            turns.add(protocol::request);
        }
    }

    boolean isEmpty() {
        return turns.isEmpty();
    }

    /** How many requests make one round over all operations. */
    int round() {
        return turns.size();
    }

    FuzzRequest request(int position) {
        return turns.get(position % turns.size()).apply(position / turns.size());
    }
}
