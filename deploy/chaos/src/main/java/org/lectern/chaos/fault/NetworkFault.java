package org.lectern.chaos.fault;

import java.util.List;
import org.lectern.local.proxy.FaultProxy;
import org.lectern.local.proxy.NetworkCondition;

/** The network to a part of the system fails. */
record NetworkFault(String target, List<FaultProxy> ways, NetworkCondition condition) implements Fault {

    @Override
    public void inject() {
        ways.forEach(way -> way.set(condition));
    }

    @Override
    public void recover() {
        ways.forEach(way -> way.set(new NetworkCondition.Healthy()));
    }
}
