package org.lectern.bench.peers;

import com.google.ortools.Loader;
import com.google.ortools.constraintsolver.Assignment;
import com.google.ortools.constraintsolver.FirstSolutionStrategy;
import com.google.ortools.constraintsolver.LocalSearchMetaheuristic;
import com.google.ortools.constraintsolver.RoutingDimension;
import com.google.ortools.constraintsolver.RoutingIndexManager;
import com.google.ortools.constraintsolver.RoutingModel;
import com.google.ortools.constraintsolver.RoutingSearchParameters;
import com.google.ortools.constraintsolver.main;
import com.google.protobuf.Duration;
import java.util.List;
import org.lectern.scheduler.planning.search.Instance;

/** OR-Tools' routing with guided local search, on routing instances with windows. */
final class OrTools {

    private OrTools() {}

    /** The length of the tours in the unit of the instance's travel times; negative if it found none. */
    static long length(Instance instance, int seconds) {
        Loader.loadNativeLibraries();
        int locations = instance.visits().size() + 1;
        int vehicles = instance.shifts().size();
        Instance.Shift shift = instance.shifts().getFirst();
        RoutingIndexManager manager = new RoutingIndexManager(locations, vehicles, 0);
        RoutingModel routing = new RoutingModel(manager);
        List<Instance.Visit> visits = instance.visits();
        int cost = routing.registerTransitCallback((from, to) -> {
            int one = manager.indexToNode(from);
            int other = manager.indexToNode(to);
            return one == other ? 0 : instance.travel().between(one, other);
        });
        routing.setArcCostEvaluatorOfAllVehicles(cost);
        int time = routing.registerTransitCallback((from, to) -> {
            int one = manager.indexToNode(from);
            int other = manager.indexToNode(to);
            long service = one == 0
                    ? 0
                    : instance.shapes().get(visits.get(one - 1).shape()).duration();
            return service + (one == other ? 0 : instance.travel().between(one, other));
        });
        routing.addDimension(time, shift.back(), shift.back(), false, "time");
        int demand = routing.registerUnaryTransitCallback(from -> {
            int node = manager.indexToNode(from);
            return node == 0 ? 0 : visits.get(node - 1).demand();
        });
        routing.addDimension(demand, 0, shift.capacity(), true, "load");
        RoutingDimension clock = routing.getMutableDimension("time");
        for (int node = 1; node < locations; node++) {
            Instance.Visit visit = visits.get(node - 1);
            clock.cumulVar(manager.nodeToIndex(node)).setRange(visit.ready(), visit.due());
        }
        RoutingSearchParameters parameters = main.defaultRoutingSearchParameters().toBuilder()
                .setFirstSolutionStrategy(FirstSolutionStrategy.Value.PARALLEL_CHEAPEST_INSERTION)
                .setLocalSearchMetaheuristic(LocalSearchMetaheuristic.Value.GUIDED_LOCAL_SEARCH)
                .setTimeLimit(Duration.newBuilder().setSeconds(seconds))
                .build();
        Assignment found = routing.solveWithParameters(parameters);
        return found == null ? -1 : found.objectiveValue();
    }
}
