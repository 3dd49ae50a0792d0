package org.lectern.scheduler.planning.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.planning.search.Cost;
import org.lectern.scheduler.planning.search.Obstacle;
import org.lectern.scheduler.planning.web.PlanView.Component;
import org.lectern.scheduler.planning.web.PlanView.CostView;

/** Costs and obstacles in words, in the language of the request. */
@ApplicationScoped
class PlanTexts {

    private static final double SECONDS = 60;

    private final Messages messages;

    @Inject
    PlanTexts(Messages messages) {
        this.messages = messages;
    }

    CostView cost(Cost cost) {
        return new CostView(minutes(cost.total()), components(cost, false));
    }

    /** The components that are not zero. */
    List<Component> differences(Cost cost) {
        return components(cost, true);
    }

    private List<Component> components(Cost cost, boolean onlyChanged) {
        Map<String, Long> seconds = new LinkedHashMap<>();
        seconds.put("leftOut", cost.leftOut());
        seconds.put("travel", cost.travel());
        seconds.put("days", cost.days());
        seconds.put("load", cost.load());
        seconds.put("later", cost.later());
        seconds.put("preference", cost.preference());
        seconds.put("guests", cost.guests());
        seconds.put("disturbance", cost.disturbance());
        List<Component> components = new ArrayList<>();
        seconds.forEach((name, value) -> {
            if (!onlyChanged || value != 0) {
                components.add(
                        new Component(name, minutes(value), messages.text("plan.component." + name, rounded(value))));
            }
        });
        return components;
    }

    static double minutes(long seconds) {
        return seconds / SECONDS;
    }

    private static long rounded(long seconds) {
        return Math.round(minutes(seconds));
    }

    /** Such as "47 minutes more: 32 travel, 15 even share". */
    String difference(Cost difference) {
        List<String> parts = new ArrayList<>();
        for (Component each : differences(difference)) {
            parts.add(messages.text("plan.part." + each.component(), Math.round(each.minutes())));
        }
        long all = rounded(difference.total());
        String key = all > 0 ? "plan.more" : all < 0 ? "plan.less" : "plan.equal";
        return messages.text(key, Math.abs(all), String.join(messages.text("plan.separator"), parts));
    }

    String adds(Cost adds, int load, double mean) {
        List<String> parts = new ArrayList<>();
        for (Component each : differences(adds)) {
            parts.add(messages.text("plan.part." + each.component(), Math.round(each.minutes())));
        }
        return messages.text("plan.why", String.join(messages.text("plan.separator"), parts), load, mean);
    }

    /** The obstacles with the most frequent first. */
    List<ObstacleView> obstacles(Map<Obstacle, Integer> counted) {
        return counted.entrySet().stream()
                .sorted(Map.Entry.<Obstacle, Integer>comparingByValue().reversed())
                .map(each -> new ObstacleView(
                        each.getKey(), each.getValue(), messages.text("plan.obstacle." + each.getKey())))
                .toList();
    }

    String impossible(Map<Obstacle, Integer> counted) {
        return counted.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(each -> messages.text("plan.obstacle." + each.getKey()))
                .orElseGet(() -> messages.text("plan.no-day"));
    }

    String text(String key, Object... arguments) {
        return messages.text(key, arguments);
    }
}
