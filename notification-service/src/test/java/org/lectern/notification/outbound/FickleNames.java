package org.lectern.notification.outbound;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A resolver with answers set by the test, one per query; all other names resolve as usual. */
@ApplicationScoped
public class FickleNames implements DnsResolver {

    private final Map<String, IntFunction<String[]>> answers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> questions = new ConcurrentHashMap<>();

    /** @param answer the addresses for the first, second, … query, counted from 1 */
    public void lead(String name, IntFunction<String[]> answer) {
        answers.put(name, answer);
    }

    public int questions(String name) {
        return questions.getOrDefault(name, new AtomicInteger()).get();
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        IntFunction<String[]> answer = answers.get(host);
        if (answer == null) {
            return InetAddress.getAllByName(host);
        }
        int question =
                questions.computeIfAbsent(host, name -> new AtomicInteger()).incrementAndGet();
        String[] literals = answer.apply(question);
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return addresses;
    }
}
