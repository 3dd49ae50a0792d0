package org.lectern.notification.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where names lead. */
interface DnsResolver {

    /** Every address of that name. */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
