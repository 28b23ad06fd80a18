/// `--web`: the page of a run or a job in a person's browser.
@NullMarked
package io.github.dbtc4j.cli.web;

import org.jspecify.annotations.NullMarked;
