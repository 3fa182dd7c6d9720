// SPDX-License-Identifier: Apache-2.0
// com.microsoft.azure.sdk.iot:iot-device-client, :provisioning-device-client, :symmetric-key-provider (version 2)
import com.microsoft.azure.sdk.iot.device.*;
import com.microsoft.azure.sdk.iot.provisioning.device.*;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProviderSymmetricKey;
import java.nio.charset.StandardCharsets;

public class Device {
    public static void main(String[] arguments) throws Exception {
        String key = "@KEY@";
        var security = new SecurityProviderSymmetricKey(key.getBytes(StandardCharsets.UTF_8), "@ID@");
        var provisioning = new ProvisioningDeviceClient("@ENDPOINT@", "@SCOPE@", ProvisioningDeviceClientTransportProtocol.MQTT, security);
        ProvisioningDeviceClientRegistrationResult result = provisioning.registerDeviceSync();
        System.out.println(result.getProvisioningDeviceClientStatus() + " " + result.getIothubUri());
        String login = "HostName=" + result.getIothubUri() + ";DeviceId=" + result.getDeviceId() + ";SharedAccessKey=" + key;
        new DeviceClient(login, IotHubClientProtocol.MQTT).open(true);
    }
}
