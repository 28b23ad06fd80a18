/// Recognises from its variables which CI system runs a pipeline, and for which pull request.
///
/// Start with [Detection]. A new CI system is a class beside the others and a line in its list.
@NullMarked
package io.github.dbtc4j.pipeline.detection;

import org.jspecify.annotations.NullMarked;
