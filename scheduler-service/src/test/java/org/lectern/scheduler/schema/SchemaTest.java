package org.lectern.scheduler.schema;

import org.lectern.testing.AbstractSchemaTest;

class SchemaTest extends AbstractSchemaTest {}
