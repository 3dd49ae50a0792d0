package org.lectern.scheduler.console;

import org.lectern.testing.AbstractScriptsTest;

class ScriptsTest extends AbstractScriptsTest {}
