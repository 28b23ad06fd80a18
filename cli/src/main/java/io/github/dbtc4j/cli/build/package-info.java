/// What only builds and packs: training for start-up, the manual page, the bill of materials.
@NullMarked
package io.github.dbtc4j.cli.build;

import org.jspecify.annotations.NullMarked;
