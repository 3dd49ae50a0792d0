/** Checks that the manifests in {@code deploy/kubernetes} are safe and match the needs of the services. */
package org.lectern.kubernetes;
