package org.lectern.notification.schema;

import org.lectern.testing.AbstractSchemaTest;

class SchemaTest extends AbstractSchemaTest {}
