// SPDX-License-Identifier: Apache-2.0
// Runs the tst_*.qml beside it with the kiosk's own modules.
#include <QtQuickTest>

void qml_register_types_Keystamp_ViewModel();
void qml_register_types_Keystamp_Ui();

int main(int argc, char** argv) {
    qml_register_types_Keystamp_ViewModel();
    qml_register_types_Keystamp_Ui();
    return quick_test_main(argc, argv, "controls", nullptr);
}
