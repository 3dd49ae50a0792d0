package org.lectern.notification.portal;

import org.lectern.testing.AbstractScriptsTest;

class ScriptsTest extends AbstractScriptsTest {}
