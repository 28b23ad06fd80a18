package io.github.dbtc4j.cli.doctor;

import io.github.dbtc4j.autoscaler.doctor.Finding;
import io.github.dbtc4j.autoscaler.doctor.Finding.Level;

/// What the doctor says of one subject.
record DoctorRow(Level level, FindingText text) {

    static DoctorRow of(Finding finding) {
        return new DoctorRow(finding.level(), FindingText.of(finding));
    }

    static DoctorRow well(String subject, String text) {
        return new DoctorRow(Level.OK, new FindingText(subject, text, null));
    }
}
