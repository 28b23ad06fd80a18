package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.planner.Verdict;

import org.jspecify.annotations.Nullable;

/// How giving a pull request its run ended.
///
/// @param verdict what became of it
/// @param answer the platform's last response about the own run, with the JSON it sent; null when
///   no run was triggered
public record Outcome(Verdict verdict, @Nullable ApiResponse<Run> answer) {}
