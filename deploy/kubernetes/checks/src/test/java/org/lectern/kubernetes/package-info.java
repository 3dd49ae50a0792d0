/** Whether what {@code deploy/kubernetes} gives to a cluster is what the services need, and what we hold to be safe. */
package org.lectern.kubernetes;
