package org.lectern.notification.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Resolves host names. */
interface DnsResolver {

    /** All addresses of that name. */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
