// SPDX-License-Identifier: Apache-2.0
// com.microsoft.azure.sdk.iot:iot-device-client, :provisioning-device-client, :x509-provider (version 2)
import com.microsoft.azure.sdk.iot.device.*;
import com.microsoft.azure.sdk.iot.provisioning.device.*;
import com.microsoft.azure.sdk.iot.provisioning.security.hsm.SecurityProviderX509Cert;
import java.nio.file.*;
import java.util.List;

public class Device {
    public static void main(String[] arguments) throws Exception {
        // leaf and key; every intermediate, PEM each, in the list
        String leaf = Files.readString(Path.of("@CERTIFICATE@")), key = Files.readString(Path.of("@KEY@"));
        var security = new SecurityProviderX509Cert(leaf, key, List.of());
        var provisioning = new ProvisioningDeviceClient("@ENDPOINT@", "@SCOPE@", ProvisioningDeviceClientTransportProtocol.MQTT, security);
        ProvisioningDeviceClientRegistrationResult result = provisioning.registerDeviceSync();
        System.out.println(result.getProvisioningDeviceClientStatus() + " " + result.getIothubUri());
        new DeviceClient(result.getIothubUri(), result.getDeviceId(), security, IotHubClientProtocol.MQTT).open(true);
    }
}
