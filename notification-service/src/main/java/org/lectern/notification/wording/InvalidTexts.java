package org.lectern.notification.wording;

import java.util.List;

/** An organisation's texts are invalid: the service does not start with them. */
final class InvalidTexts extends IllegalStateException {

    InvalidTexts(List<String> reasons) {
        super("lectern.wording.folder: " + String.join("; ", reasons));
    }
}
