/// Writes how a pipeline ended in the formats that people and CI systems read.
///
/// Start with [Report]. A new format is a class beside the others.
@NullMarked
package io.github.dbtc4j.pipeline.report;

import org.jspecify.annotations.NullMarked;
